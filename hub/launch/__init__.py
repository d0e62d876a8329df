"""`make run`: the hub and an identity provider on this machine, as processes of their own, with an example to try.

For trying and developing only. In production an operator starts `hub serve` with settings of its own (deploy/).
"""
