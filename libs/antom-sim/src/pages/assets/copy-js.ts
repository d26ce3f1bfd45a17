/** Copies what a button names, and says so where screen readers hear it. */
export const copyJs = `
for (const button of document.querySelectorAll('button[data-copies]')) {
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copies);
    document.querySelector('#copied').textContent = button.dataset.says;
  });
}
`;
