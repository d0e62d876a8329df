# METADATA
# scope: package
# title: Which revision is it that decides?
# description: Asked of every engine when the hub starts, and of an OPA server now and then.
package revision

import data.lib.reply

# METADATA
# entrypoint: true
# description: The digest of the sources that this policy was built from.
answer := reply.revision
