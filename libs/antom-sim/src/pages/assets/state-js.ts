/** Posts what a form or a button says, and shows the page anew. */
export const stateJs = `
async function post(address, body) {
  const answer = await fetch(address, { method: 'POST', body: JSON.stringify(body) });
  if (answer.ok) location.reload();
  else document.querySelector('#said').textContent = (await answer.json()).error;
}
for (const form of document.querySelectorAll('form[data-posts]'))
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { ms, ...rest } = Object.fromEntries(new FormData(form));
    void post(form.dataset.posts, ms === undefined ? rest : { ms: Number(ms) });
  });
for (const button of document.querySelectorAll('button[data-posts]'))
  button.addEventListener('click', () => void post(button.dataset.posts, {}));
`;
