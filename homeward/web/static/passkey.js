/* Passkeys need script: their buttons show only where it runs, and say so when the device declines. */
(function () {
  "use strict";
  document.querySelectorAll("[data-needs-script]").forEach(function (part) {
    part.hidden = !window.PublicKeyCredential;
  });
  document.addEventListener("allauth.error", function (event) {
    var words = document.getElementById("passkey-problem");
    if (words) words.hidden = false;
    event.preventDefault();
  });
})();
