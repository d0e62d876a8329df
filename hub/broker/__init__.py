"""Asking the agencies, within a permit: the port they answer through, gathering, and what a person pins of it."""

from hub.broker.codec import decode_fact, encode_fact
from hub.broker.cutting import Told, came, cut
from hub.broker.gathering import Gatherer, Sending, Watch
from hub.broker.model import LIES_FOR, GatheringId, PartState
from hub.broker.roads import Guard, GuardedRoad, guarded
from hub.broker.store import Gathering, Part, Store

__all__ = [
    "LIES_FOR",
    "Gatherer",
    "Gathering",
    "GatheringId",
    "Guard",
    "GuardedRoad",
    "Part",
    "PartState",
    "Sending",
    "Store",
    "Told",
    "Watch",
    "came",
    "cut",
    "decode_fact",
    "encode_fact",
    "guarded",
]
