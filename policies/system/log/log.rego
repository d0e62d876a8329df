# METADATA
# scope: package
# title: What an OPA server writes in its decision log
# description: That it decided, by which revision and when. The question and the answer are in the hub's own ledger only.
package system.log

mask contains "/input"

mask contains "/result"
