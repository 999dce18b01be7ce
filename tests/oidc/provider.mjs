// A real OpenID provider (npm oidc-provider) that stands in for a MitID broker. It knows whom one says one is, and at
// which level. Started by tests/doubles/mitid_broker.py: node provider.mjs PORT RETURN_URL GOODBYE_URL
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [port, returnUrl, goodbyeUrl] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'taletid',
    client_secret: 'a secret between the two',
    redirect_uris: [returnUrl],
    post_logout_redirect_uris: [goodbyeUrl],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    subject_type: 'pairwise',
  }],
  subjectTypes: ['pairwise'],
  pairwiseIdentifier: (ctx, accountId) => createHash('sha256').update(`taletid ${accountId}`).digest('hex'),
  // A broker may tell all this unasked: none of it may be kept.
  claims: { openid: ['sub', 'uuid', 'acr', 'auth_time'], ssn: ['cpr', 'name'] },
  conformIdTokenClaims: false,
  acrValues: ['low', 'substantial', 'high'],
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, uuid: `uuid-of-${id}`, cpr: '010203-1234', name: 'Mette Hemmelig' }),
  }),
  cookies: { keys: ['for tests only'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid ssn');
    await grant.save();
    return grant;
  },
  ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 60, Interaction: 600, Session: 600, Grant: 600 },
});

const page = `<!doctype html><html lang="da"><meta charset="utf-8"><title>Broker</title>
<form method="post"><label>Who <input name="who"></label><label>Level <input name="level" value="substantial"></label>
<button name="does" value="sign_in">Sign in</button><button name="does" value="turn_back">Turn back</button></form></html>`;

async function interact(request, response) {
  if (request.method === 'GET') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    return response.end(page);
  }
  let body = '';
  for await (const piece of request) body += piece;
  const form = new URLSearchParams(body);
  const result = form.get('does') === 'turn_back'
    ? { error: 'access_denied', error_description: 'she turned back' }
    : { login: { accountId: form.get('who'), acr: form.get('level'), remember: true } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const speak = provider.callback();
createServer((request, response) => (
  request.url.startsWith('/interaction/') ? interact(request, response) : speak(request, response)
)).listen(Number(port), '127.0.0.1', () => console.log('ready'));
