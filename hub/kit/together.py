"""One statement for all who ask while the one before is on its way."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)
T = TypeVar("T")


class Together(Generic[Name, T]):
    """Puts together what several ask for by name. Nothing is kept: what was read is given to those who waited, and gone.

    Nobody is answered by a reading that began before they asked: what is gone by then is not in their answer.
    """

    def __init__(self, read: Callable[[Collection[Name]], Awaitable[Mapping[Name, T]]]) -> None:
        self._read = read
        self._waiting: list[tuple[Collection[Name], asyncio.Future[Mapping[Name, T]]]] = []
        self._busy = False
        self._reading: asyncio.Task[None] | None = None

    async def __call__(self, names: Collection[Name]) -> Mapping[Name, T]:
        """Return what was found of `names`, and maybe of others' too. Raises what `read` raises."""
        if self._busy:
            return await self._wait(names)
        self._busy = True
        try:
            await asyncio.sleep(0)  # whoever asks at the same time comes along
            if not self._waiting:
                return await self._read(set(names))  # alone: this needs no task of its own
            answer = self._wait(names)
        finally:
            self._go_on()
        return await answer

    def _wait(self, names: Collection[Name]) -> asyncio.Future[Mapping[Name, T]]:
        answer: asyncio.Future[Mapping[Name, T]] = asyncio.get_running_loop().create_future()
        self._waiting.append((names, answer))
        return answer

    def _go_on(self) -> None:
        """Let those be read for who have begun to wait, or be free."""
        self._busy = bool(self._waiting)
        if self._waiting:
            self._reading = asyncio.create_task(self._read_all())

    async def _read_all(self) -> None:
        """Read for all who wait, in one go. It is nobody's own: who goes leaves the others be."""
        asked, self._waiting = self._waiting, []
        answers = [answer for _, answer in asked]
        try:
            found = await self._read({name for names, _ in asked for name in names})
        except Exception as error:  # noqa: BLE001  told to each who asked, whatever it is
            _tell(answers, lambda answer, error=error: answer.set_exception(error))
        except BaseException:
            _tell(answers, lambda answer: answer.cancel())
            raise
        else:
            _tell(answers, lambda answer, found=found: answer.set_result(found))
        finally:
            self._go_on()


def _tell(answers: list[asyncio.Future[T]], say: Callable[[asyncio.Future[T]], object]) -> None:
    for answer in answers:
        if not answer.done():  # who asked may have gone meanwhile
            say(answer)
