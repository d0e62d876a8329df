// The four things that need a script: focus on what went wrong, printing, what comes while one looks, and the warning
// before the session ends.
(() => {
  const LONGEST = 2 ** 31 - 1;

  document.querySelector(".ds-error-summary")?.focus();

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // Answers that come are fetched anew with the page, and so decided; the stream only says that there is something.
  const followed = document.querySelector("[data-follow]");
  if (followed) {
    const events = new EventSource(followed.dataset.follow);
    const fetchAnew = () =>
      htmx.ajax("GET", location.pathname, { target: "#bild", select: "#bild", swap: "outerHTML" });
    events.addEventListener("part", fetchAnew);
    events.addEventListener("done", () => events.close());
    events.onerror = () => events.close();
  }

  const dialog = document.getElementById("session");
  if (!dialog) return;
  const form = dialog.querySelector("form");
  const failed = dialog.querySelector("[role=alert]");
  const json = { Accept: "application/json" };

  // The server's clock counts, not this machine's.
  const untilWarning = async (answer) => {
    const { warn } = await answer.json();
    return warn * 1000 - new Date(answer.headers.get("Date")).getTime();
  };

  // Asked anew when the time comes: another window may have extended it meanwhile.
  const watch = async () => {
    const answer = await fetch(dialog.dataset.left, { headers: json });
    if (!answer.ok) return;
    const wait = await untilWarning(answer);
    if (wait > 0) setTimeout(watch, Math.min(wait + 500, LONGEST));
    else if (!dialog.open) dialog.showModal();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, headers: json }).catch(() => null);
    failed.hidden = Boolean(answer?.ok);
    if (!answer?.ok) return;
    dialog.close();
    setTimeout(watch, Math.min(Math.max(await untilWarning(answer), 1000), LONGEST));
  });

  watch();
})();
