// Passkeys: shows their buttons where the browser knows passkeys, and says plainly when one fails.

const buttons = document.querySelectorAll("#passkey-sign-in, #passkey-use, #passkey-add");
const trouble = document.querySelector("[data-passkey-trouble]");

if (window.PublicKeyCredential) buttons.forEach((button) => { button.hidden = false; });

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (!trouble) return;
  trouble.textContent = "Error: the passkey was not used. Try again, or use another way";
  trouble.hidden = false;
});
