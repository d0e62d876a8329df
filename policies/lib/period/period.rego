# METADATA
# scope: package
# title: Periods
# description: A period is [from, until) in epoch seconds (reading R1). What isn't a number is no time.
package lib.period

in_force(period) if at(period, input.now)

at(period, instant) if {
	is_number(period.valid_from)
	is_number(period.valid_until)
	period.valid_from <= instant
	instant < period.valid_until
}
