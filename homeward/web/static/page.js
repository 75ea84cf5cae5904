/* Small helps. Every page works without them. */
(function () {
  "use strict";
  var root = document.documentElement;
  var cover = document.getElementById("page-cover");
  var hide = document.getElementById("hide-page");
  var title = document.title;
  var lastEscape = 0;

  function blank() {
    root.classList.add("blanked");
    document.title = "Homeward";
    cover.hidden = false;
    cover.querySelector("button").focus();
  }

  function show() {
    root.classList.remove("blanked");
    document.title = title;
    cover.hidden = true;
    if (hide) hide.focus();
  }

  if (cover && hide) {
    hide.hidden = false;
    hide.addEventListener("click", blank);
    cover.querySelector("button").addEventListener("click", show);
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || event.repeat || cover.hidden === false) return;
      var now = Date.now();
      if (now - lastEscape < 800) blank();
      lastEscape = now;
    });
  }

  // Menus close when the reader turns elsewhere.
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var menu = document.activeElement.closest("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  var errors = document.querySelector(".errors[tabindex]");
  if (errors) errors.focus();

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  // On a phone the lower sections start folded, save the one that was asked for.
  if (window.matchMedia("(max-width: 47.99rem)").matches) {
    document.querySelectorAll("[data-fold]").forEach(function (fold) {
      fold.open = Boolean(location.hash && fold.closest("section").id === location.hash.slice(1));
    });
    window.addEventListener("hashchange", function () {
      var target = document.getElementById(location.hash.slice(1));
      var fold = target && target.querySelector("[data-fold]");
      if (fold) fold.open = true;
    });
  }

  // The line is down: say so once, keep what is typed.
  var offline = document.getElementById("page-offline");
  function line() { if (offline) offline.hidden = navigator.onLine; }
  window.addEventListener("online", line);
  window.addEventListener("offline", line);
  line();

  // A form is sent once; its button says so.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (form.method !== "post") return;
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    setTimeout(function () { rest(form); }, 5000); // a download leaves the page where it is
  });
  function rest(form) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(rest);
  });

  // Choosing rows: the bar says how many, and one box chooses all.
  document.querySelectorAll("form[data-bulk]").forEach(function (form) {
    var all = form.querySelector("[data-choose-all]");
    var count = form.querySelector("[data-chosen]");
    function rows() { return form.querySelectorAll("[data-choose]"); }
    function tell() {
      var chosen = form.querySelectorAll("[data-choose]:checked").length;
      if (count) count.textContent = chosen;
      if (all) { all.checked = chosen > 0 && chosen === rows().length; all.indeterminate = chosen > 0 && !all.checked; }
    }
    form.addEventListener("change", function (event) {
      if (event.target === all) rows().forEach(function (box) { box.checked = all.checked; });
      tell();
    });
    if (all) all.closest("[hidden]") && (all.closest("[hidden]").hidden = false);
    tell();
  });
})();
