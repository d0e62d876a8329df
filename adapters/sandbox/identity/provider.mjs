// The identity provider of the example: npm's `oidc-provider`, configured by the Swedish OpenID Connect profile
// (oidc.se 1.0). It signs in whoever is picked from a list of made-up people, at the level that is picked, so a hub in
// production mode refuses it: see `samverkanshubben_made_up` in its discovery document.
//
// Told by the environment:
//   PORT, ISSUER      where it listens (8766), and what it calls itself (http://127.0.0.1:PORT)
//   HUB_URL           the hub (http://127.0.0.1:8765): addresses of its doors, its API and its public key
//   PEOPLE            the made-up people (people.json beside this file)
//   PARTNERS          partner systems, optional: [{client_id, jwks, binding: "dpop" | "certificate", scope}]
//   SIGNING_KEY       a private EC key (P-256) as a JWK, optional: without it a new one is made at every start
//   CERTIFICATE_PROXY the address whose x-client-cert header is believed, optional
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import Provider, { errors } from 'oidc-provider';

import { cancelled, choose, failed, leave, left } from './pages.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const PORT = Number(process.env.PORT ?? 8766);
const ISSUER = process.env.ISSUER ?? `http://127.0.0.1:${PORT}`;
const HUB = (process.env.HUB_URL ?? 'http://127.0.0.1:8765').replace(/\/$/, '');
const API = `${HUB}/api/v1`;
const LEVEL = 'http://id.elegnamnden.se/loa/1.0/loa';
const CLAIM = 'https://id.oidc.se/claim/';
const SCOPE = 'https://id.oidc.se/scope/';
const STAFF_SCOPE = `${SCOPE}naturalPersonOrgId`;
const STYLE = readFileSync(join(HERE, 'page.css'), 'utf8');

const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const people = json(process.env.PEOPLE ?? join(HERE, 'people.json'));
const partners = process.env.PARTNERS ? json(process.env.PARTNERS) : [];
const everybody = new Map([...people.staff, ...people.individuals].map((person) => [person.id, person]));

// Only what was asked for of this kind of person is ever told: no personal number of staff (profile, HSLF-FS 2016:40).
const SCOPES = {
  [STAFF_SCOPE]: ['name', `${CLAIM}orgAffiliation`],
  [`${SCOPE}naturalPersonInfo`]: ['name'],
  [`${SCOPE}naturalPersonNumber`]: [`${CLAIM}personalIdentityNumber`, `${CLAIM}coordinationNumber`],
};

function claimsOf({ id, name, orgAffiliation, number }) {
  const coordination = number && Number(number.slice(6, 8)) > 60;
  return {
    sub: id,
    name,
    [`${CLAIM}orgAffiliation`]: orgAffiliation,
    [`${CLAIM}${coordination ? 'coordinationNumber' : 'personalIdentityNumber'}`]: number,
  };
}

function signingKey() {
  if (process.env.SIGNING_KEY) return json(process.env.SIGNING_KEY);
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
}

const hub = {
  client_id: 'samverkanshubben',
  redirect_uris: [`${HUB}/logga-in/svar`],
  post_logout_redirect_uris: [`${HUB}/logga-in/utloggad`],
  backchannel_logout_uri: `${HUB}/logga-in/utloggning`,
  backchannel_logout_session_required: true,
  grant_types: ['authorization_code'],
  response_types: ['code'],
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'ES256',
  jwks_uri: `${HUB}/.well-known/jwks.json`,
  scope: ['openid', ...Object.keys(SCOPES)].join(' '),
};

const partner = ({ client_id, jwks, binding }) => ({
  client_id,
  jwks,
  redirect_uris: [],
  response_types: [],
  grant_types: ['client_credentials'],
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'ES256',
  dpop_bound_access_tokens: binding === 'dpop',
  tls_client_certificate_bound_access_tokens: binding === 'certificate',
});

function resourceServer(_ctx, resource, client) {
  const known = partners.find(({ client_id }) => client_id === client.clientId);
  if (resource !== API || !known) throw new errors.InvalidTarget();
  return { audience: API, scope: known.scope, accessTokenFormat: 'jwt', accessTokenTTL: 300, jwt: { sign: { alg: 'ES256' } } };
}

function certificate(ctx) {
  const trusted = process.env.CERTIFICATE_PROXY;
  const pem = trusted && ctx.req.socket.remoteAddress === trusted && ctx.get('x-client-cert');
  return pem ? decodeURIComponent(pem) : undefined;
}

async function grant({ oidc }) {
  const everything = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
  everything.addOIDCScope(hub.scope);
  everything.addOIDCClaims(Object.values(SCOPES).flat());
  await everything.save();
  return everything;
}

const provider = new Provider(ISSUER, {
  clients: [hub, ...partners.map(partner)],
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  jwks: { keys: [{ ...signingKey(), use: 'sig', alg: 'ES256' }] },
  cookies: { keys: [randomBytes(32).toString('base64url')], long: { signed: true }, short: { signed: true } },
  acrValues: [2, 3].map((level) => `${LEVEL}${level}`),
  scopes: ['openid', ...Object.keys(SCOPES)],
  claims: { openid: ['sub'], acr: null, amr: null, sid: null, auth_time: null, iss: null, ...SCOPES },
  discovery: { samverkanshubben_made_up: true },
  findAccount: (_ctx, id) => everybody.has(id) && { accountId: id, claims: () => claimsOf(everybody.get(id)) },
  loadExistingGrant: grant,
  interactions: { url: (_ctx, { uid }) => `/valj/${uid}` },
  responseTypes: ['code'],
  clientAuthMethods: ['private_key_jwt'],
  pkce: { required: () => true },
  ttl: { ClientCredentials: 300, IdToken: 300, Interaction: 900, Session: 8 * 3600, Grant: 8 * 3600 },
  renderError: (ctx) => show(ctx, failed()),
  fetch: (url, { dispatcher: _guard, ...options }) => fetch(url, options), // the default refuses this very machine
  features: {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    claimsParameter: { enabled: true },
    clientCredentials: { enabled: true },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      logoutSource: (ctx, form) => show(ctx, leave(form)),
      postLogoutSuccessSource: (ctx) => show(ctx, left(HUB)),
    },
    dPoP: { nonceSecret: randomBytes(32), requireNonce: () => false },
    mTLS: { enabled: true, certificateBoundAccessTokens: true, getCertificate: certificate },
    resourceIndicators: {
      defaultResource: (_ctx, client) => (partners.some(({ client_id }) => client_id === client.clientId) ? API : undefined),
      useGrantedResource: () => false,
      getResourceServerInfo: resourceServer,
    },
  },
});

function show(ctx, body) {
  ctx.type = 'html';
  ctx.set('Content-Security-Policy', `default-src 'none'; style-src 'self'; frame-ancestors 'none'; form-action 'self' ${HUB}`);
  ctx.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'X-Content-Type-Options': 'nosniff' });
  ctx.body = body;
}

async function form(request) {
  let body = '';
  for await (const chunk of request) if ((body += chunk).length > 4096) throw new errors.InvalidRequest();
  return new URLSearchParams(body);
}

function picked(fields) {
  if (fields.get('avbryt')) return { error: 'access_denied', error_description: 'turned back' };
  const level = fields.get('niva') === '2' ? 2 : 3;
  const person = everybody.get(fields.get('person'));
  if (!person) throw new errors.InvalidRequest();
  return { login: { accountId: person.id, acr: `${LEVEL}${level}`, amr: level === 3 ? ['mfa'] : ['pwd'] } };
}

// Every sign-in is one of its own: whoever tries the example can be an official and an individual in one browser.
provider.use((ctx, next) => {
  const cookies = ctx.req.headers.cookie?.split('; ') ?? [];
  if (/^\/auth(\/|$)/.test(ctx.path)) ctx.req.headers.cookie = cookies.filter((each) => !each.startsWith('_session')).join('; ');
  return next();
});

provider.use(async (ctx, next) => {
  if (ctx.path === '/page.css') {
    ctx.type = 'css';
    ctx.body = STYLE;
    return;
  }
  if (!ctx.path.startsWith('/valj/')) return next();
  const { params } = await provider.interactionDetails(ctx.req, ctx.res).catch(() => ({}));
  if (!params) {
    ctx.status = 400;
    show(ctx, cancelled(HUB));
  } else if (ctx.method === 'POST') {
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, picked(await form(ctx.req))));
    ctx.status = 303;
  } else {
    const staff = params.scope.includes(STAFF_SCOPE);
    show(ctx, choose(ctx.path, staff, staff ? people.staff : people.individuals));
  }
});

provider.on('server_error', (_ctx, error) => console.error('server_error', error.message));
provider.on('grant.error', (_ctx, error) => console.error('grant_error', error.error_description ?? error.message));
provider.on('authorization.error', (_ctx, error) => console.error('authorization_error', error.error_description ?? error.message));

const server = provider.listen(PORT, '127.0.0.1', () => console.log(`ready ${ISSUER}`));
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
