// One click puts the cheaper signs in the place of the dear ones, in the field they were typed in.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-simpler]");
  const field = button && document.getElementById(button.dataset.for);
  if (!field) return;
  event.preventDefault();
  field.value = button.dataset.simpler;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
