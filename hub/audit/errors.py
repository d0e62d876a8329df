"""What can keep an entry from being recorded.

NotRecorded          it is unknown whether the entry was recorded: whoever asked must take it as undecided
└── Distrusted       the tree doesn't hold a checkpoint that somebody outside keeps: nothing is signed or disclosed
"""


class NotRecorded(Exception):
    """The answer to the commit was lost, or never came: the decision is undecided, whether or not it was recorded."""


class Distrusted(NotRecorded):
    """The last checkpoint kept outside is not a prefix of this tree: the hub refuses to sign and to disclose."""
