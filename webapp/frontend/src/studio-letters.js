// What the checker says of a letter, a moment after each change; nothing is kept before it is saved.
//   <ul data-letter-problems></ul>  <form data-letter="/address/of/the/check"> csrf_token, <textarea name="text"> </form>
// Without this script the same is said after saving.
const PAUSE = 700; // milliseconds after the last change

function begin(form) {
  const list = document.querySelector('[data-letter-problems]');
  const box = form.elements.text;
  let [timer, asked] = [null, 0];

  async function check() {
    const now = asked += 1;
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, text: box.value });
    const answer = await fetch(form.dataset.letter, { method: 'POST', body, credentials: 'same-origin' });
    if (!answer.ok || now !== asked) return;
    const { problems } = await answer.json();
    const said = problems.map(({ line, sentence }) => (line ? `Line ${line}: ${sentence}` : sentence));
    list.replaceChildren(...(said.length ? said : ['The check finds nothing to mend.']).map((words) => {
      const item = document.createElement('li');
      item.textContent = words;
      return item;
    }));
  }

  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => check().catch(console.error), PAUSE);
  });
}

document.querySelectorAll('[data-letter]').forEach(begin);
