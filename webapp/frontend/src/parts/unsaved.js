// Asks before a page with changes is left: <form data-guard-changes>, or <form data-guard-changes="already"> where what
// the page came with is not saved. Sending the form is not leaving it.
export function guardChanges() {
  for (const form of document.querySelectorAll('form[data-guard-changes]')) {
    // A form that was sent back with complaints holds changes already.
    let changed = form.dataset.guardChanges === 'already' || document.querySelector('.nhsuk-error-summary') !== null;
    form.addEventListener('input', () => { changed = true; });
    form.addEventListener('accord:saved', () => { changed = false; });
    form.addEventListener('submit', (event) => {
      const before = changed;
      changed = false;
      // What comes of a preview is a file: the page stays, and what is typed in it has still not been sent.
      if (event.submitter?.value === 'preview') setTimeout(() => { changed = before; }, 2000);
    });
    window.addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });
  }
}
