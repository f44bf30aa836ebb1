// Small comforts; every page works without them.
"use strict";

document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("[data-menu]");
  const nav = button && document.getElementById(button.getAttribute("aria-controls"));
  if (button && nav) {
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(open));
      nav.classList.toggle("is-open", open);
    });
  }

  for (const field of document.querySelectorAll("form[data-filters] select")) {
    field.addEventListener("change", () => field.form.requestSubmit());
  }

  // A form sends each filled filter only, so that addresses stay short enough to share.
  for (const form of document.querySelectorAll("form[data-filters]")) {
    form.addEventListener("submit", () => {
      for (const field of form.elements) {
        if (field.name && field.value === "") field.disabled = true;
      }
    });
  }

  // One open drawer of actions at a time.
  for (const drawer of document.querySelectorAll("details[data-drawer]")) {
    drawer.addEventListener("toggle", () => {
      if (!drawer.open) return;
      for (const other of document.querySelectorAll("details[data-drawer][open]")) {
        if (other !== drawer) other.open = false;
      }
      const field = drawer.querySelector("input:not([type=hidden]), textarea");
      if (field) field.focus();
    });
  }
});
