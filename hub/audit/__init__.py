"""The ledger: append-only, tamper-evident; and `standing`, the epochs that a record is made against.

A Merkle tree (RFC 9162) over entries without any personal part, with checkpoints in the C2SP form. Everything read,
shown, sent, denied and changed is here (HUB-06), and the individual can read it.
"""

from hub.audit.checkpoint import BadCheckpoint, Checkpoint, Signer, Verifier
from hub.audit.entry import HUB, Entry, EntryId, Stand
from hub.audit.errors import Distrusted, NotRecorded
from hub.audit.ledger import Ledger
from hub.audit.log import LogEntry, LogFilter, LogPage
from hub.audit.model import EntryKind, Outcome
from hub.audit.outside import CheckpointFile, OutsideCheckpoints
from hub.audit.sequencer import CHECKPOINT_SIGNED, Sequencer
from hub.audit.tree import InclusionProof, NotInTree, Tree

__all__ = [
    "CHECKPOINT_SIGNED",
    "HUB",
    "BadCheckpoint",
    "Checkpoint",
    "CheckpointFile",
    "Distrusted",
    "Entry",
    "EntryId",
    "EntryKind",
    "InclusionProof",
    "Ledger",
    "LogEntry",
    "LogFilter",
    "LogPage",
    "NotInTree",
    "NotRecorded",
    "Outcome",
    "OutsideCheckpoints",
    "Sequencer",
    "Signer",
    "Stand",
    "Tree",
    "Verifier",
]
