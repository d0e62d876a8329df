// What the provider of made-up people shows. Plain HTML: no script, no inline style.
const safe = (text) => String(text).replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);

const page = (title, content) => `<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Påhittad inloggning</title>
<link rel="stylesheet" href="/page.css">
</head>
<body>
<header><p>Påhittad inloggning <span>bara för att prova</span></p></header>
<main>
${content}
</main>
</body>
</html>`;

const person = ({ id, name, work, note }) => `<li>
<button name="person" value="${safe(id)}">${safe(name)}</button>
<p>${safe(work ?? note ?? '')}</p>
</li>`;

// One form: the level first, then the person, and the way back weighs as much as any of them.
export const choose = (action, staff, people) => page(
  'Vem vill du vara?',
  `<h1>Vem vill du vara?</h1>
<p>${staff ? 'Alla här arbetar på en myndighet i exemplet.' : 'Alla här är påhittade invånare i exemplet.'} Inga av dem finns på riktigt.</p>
<form method="post" action="${safe(action)}">
<fieldset>
<legend>Hur starkt loggar du in?</legend>
<label><input type="radio" name="niva" value="3" checked> Tillitsnivå 3, som med BankID, Freja+ eller kort</label>
<label><input type="radio" name="niva" value="2"> Tillitsnivå 2, som med bara ett lösenord</label>
</fieldset>
<ul>${people.map(person).join('\n')}</ul>
<p><button name="avbryt" value="ja">Avbryt inloggningen</button></p>
</form>`,
);

export const leave = (form) => page(
  'Logga ut',
  `<h1>Vill du logga ut även härifrån?</h1>
${form}
<p><button form="op.logoutForm" name="logout" value="yes">Ja, logga ut</button>
<button form="op.logoutForm">Nej, gå tillbaka</button></p>`,
);

export const left = (hub) => page('Du är utloggad', `<h1>Du är utloggad</h1>\n<p><a href="${safe(hub)}">Till Samverkanshubben</a></p>`);

export const failed = () => page(
  'Det gick inte',
  '<h1>Det gick inte att logga in</h1>\n<p>Gå tillbaka till Samverkanshubben och börja om. Händer det igen, starta om exemplet.</p>',
);

export const cancelled = (hub) => page(
  'Det tog för lång tid',
  `<h1>Inloggningen tog för lång tid</h1>\n<p><a href="${safe(hub)}/logga-in">Börja om från Samverkanshubben</a></p>`,
);
