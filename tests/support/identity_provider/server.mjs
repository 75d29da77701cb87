// A real OpenID Connect provider on loopback, for tests of signing in.
//
// CLIENTS and CALLBACK come from the environment as JSON and text. POST /next with JSON
// {sub, email, email_verified, name, acr} says who signs in next and how well they are proved:
// it stands for the person at the provider's own sign-in page.

import { createServer } from "node:http";
import { Provider } from "oidc-provider";

let next = {};
const people = new Map();
const port = Number(process.env.PORT);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: JSON.parse(process.env.CLIENTS),
  acrValues: ["AAL1", "AAL2", "AAL3"],
  claims: { openid: ["sub", "acr"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  clientAuthMethods: ["client_secret_basic", "private_key_jwt"],
  cookies: { keys: ["a key for tests only"] },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  findAccount: async (_context, sub) => ({
    accountId: sub,
    claims: async () => ({ ...people.get(sub), sub }),
  }),
});

async function body(request) {
  let text = "";
  for await (const part of request) text += part;
  return JSON.parse(text);
}

// Logs in whoever was named, and gives the application what it asks for.
async function interact(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === "login") {
    const login = { accountId: next.sub, ...(next.acr ? { acr: next.acr } : {}) };
    return provider.interactionFinished(request, response, { login });
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
}

const answer = provider.callback();
createServer(async (request, response) => {
  try {
    if (request.url === "/next") {
      next = await body(request);
      people.set(next.sub, next);
      return response.end("{}");
    }
    if (request.url.startsWith("/interaction/")) return await interact(request, response);
    return answer(request, response);
  } catch (fault) {
    response.statusCode = 500;
    return response.end(String(fault.stack));
  }
}).listen(port, "127.0.0.1", () => console.log("listening"));
