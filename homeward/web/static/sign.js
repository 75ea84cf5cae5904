/* Signing on the screen. Without it, a picture of the signature is added as a file. */
(function () {
  "use strict";
  var part = document.getElementById("sign-here");
  if (!part) return;
  var pad = part.querySelector("canvas");
  var kept = document.getElementById(part.dataset.keep);
  var brush = pad.getContext("2d");
  var is_down = false;
  var is_empty = true;

  function blank() {
    pad.width = pad.clientWidth * 2;
    pad.height = pad.clientHeight * 2;
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, pad.width, pad.height);
    brush.strokeStyle = "#10203a";
    brush.lineWidth = 5;
    brush.lineCap = brush.lineJoin = "round";
    is_empty = true;
    kept.value = "";
  }

  function place(event) {
    var box = pad.getBoundingClientRect();
    return [(event.clientX - box.left) * pad.width / box.width, (event.clientY - box.top) * pad.height / box.height];
  }

  pad.addEventListener("pointerdown", function (event) {
    is_down = true;
    is_empty = false;
    pad.setPointerCapture(event.pointerId);
    brush.beginPath();
    brush.moveTo.apply(brush, place(event));
    event.preventDefault();
  });
  pad.addEventListener("pointermove", function (event) {
    if (!is_down) return;
    brush.lineTo.apply(brush, place(event));
    brush.stroke();
  });
  function lift() {
    if (!is_down) return;
    is_down = false;
    if (!is_empty) kept.value = pad.toDataURL("image/png");
  }
  pad.addEventListener("pointerup", lift);
  pad.addEventListener("pointercancel", lift);
  part.querySelector("[data-again]").addEventListener("click", blank);
  part.hidden = false;
  blank();
})();
