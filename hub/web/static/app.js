// The two things that need a script: the warning before the session ends, and focus on what went wrong.
(() => {
  const MINUTE = 60_000;

  const summary = document.querySelector(".ds-error-summary");
  if (summary) summary.focus();

  const dialog = document.getElementById("session");
  if (!dialog) return;
  const form = dialog.querySelector("form");
  const failed = dialog.querySelector("[role=alert]");
  let timer = 0;

  const wait = (endsAt) => {
    clearTimeout(timer);
    timer = setTimeout(() => dialog.showModal(), Math.max(0, endsAt - 2 * MINUTE - Date.now()));
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const { ends } = await answer.json();
      dialog.close();
      wait(ends * 1000);
    } catch {
      failed.hidden = false;
    }
  });

  wait(Number(dialog.dataset.ends) * 1000);
})();
