"""Whether the tree may be trusted: it is whole, and the checkpoint kept outside is a prefix of it."""

from hub.audit.checkpoint import BadCheckpoint, Checkpoint, Verifier
from hub.audit.outside import OutsideCheckpoints
from hub.audit.tree import Tree, TreeDamaged


async def flaw_of(tree: Tree, verifier: Verifier, outside: OutsideCheckpoints | None) -> str | None:
    """Return what speaks against the tree, or None.

    A checkpoint that can't be read, or that isn't signed by `verifier`, speaks against it: the hub would rather be
    silent than be led.
    """
    try:
        # The outside first: the tree may grow meanwhile, and a checkpoint is kept only once its leaves are stored.
        kept = await outside.latest() if outside else None
        promised = None if kept is None else verifier.open(kept)
        if not await tree.whole():
            return "leaves are missing, or the right edge is not theirs"
        return promised and await _unlike_promise(tree, promised)
    except (OSError, UnicodeDecodeError) as error:
        return f"the checkpoint kept outside can't be read: {type(error).__name__}"
    except (BadCheckpoint, TreeDamaged) as error:
        return str(error)


async def _unlike_promise(tree: Tree, promised: Checkpoint) -> str | None:
    size = (await tree.frontier()).size
    if promised.size > size:
        return f"the checkpoint kept outside has {promised.size} leaves, the tree {size}"
    if await tree.root(promised.size) != promised.root:
        return f"the first {promised.size} leaves are not those of the checkpoint kept outside"
    return None
