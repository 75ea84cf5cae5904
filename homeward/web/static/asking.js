/* The device's own place, where it may be told. Without it one writes the numbers. */
(function () {
  "use strict";
  var words = document.currentScript.dataset;
  if (!navigator.geolocation) return;
  document.querySelectorAll("input[data-place]").forEach(function (input) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet btn-s";
    button.textContent = words.placeWords;
    var said = document.createElement("span");
    said.setAttribute("role", "status");
    button.addEventListener("click", function () {
      navigator.geolocation.getCurrentPosition(function (found) {
        var at = found.coords;
        input.value = at.latitude.toFixed(6) + ", " + at.longitude.toFixed(6) + ", " +
          Math.round(at.altitude || 0) + ", " + Math.round(at.accuracy || 0);
        said.textContent = "";
      }, function () { said.textContent = words.placeRefused; }, { enableHighAccuracy: true, timeout: 20000 });
    });
    input.insertAdjacentElement("afterend", button);
    button.insertAdjacentElement("afterend", said);
  });
})();
