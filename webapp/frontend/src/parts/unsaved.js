// Asks before a page with changes is left: <form data-guard-changes>. Sending the form is not leaving it.
export function guardChanges() {
  for (const form of document.querySelectorAll('form[data-guard-changes]')) {
    // A form that was sent back with complaints holds changes already.
    let changed = document.querySelector('.nhsuk-error-summary') !== null;
    form.addEventListener('input', () => { changed = true; });
    form.addEventListener('submit', () => { changed = false; });
    window.addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });
  }
}
