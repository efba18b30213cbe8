// The check box in the heading of the list: selects or clears every application on this page.
"use strict";
const all = document.getElementById("select-all");
const boxes = Array.from(document.querySelectorAll("#applications tbody input[type=checkbox]"));

function showState() {
  const chosen = boxes.filter((box) => box.checked).length;
  all.checked = boxes.length > 0 && chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
}

all.addEventListener("change", () => {
  for (const box of boxes) box.checked = all.checked;
});
for (const box of boxes) box.addEventListener("change", showState);
showState();
