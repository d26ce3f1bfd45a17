/** The script of the frame: speaks with Antom's web SDK in the window around it, and with `/mgw.htm`. */
export const cashierJs = String.raw`
const query = new URLSearchParams(location.search);
const instanceId = query.get('instanceId') ?? '';
const shop = URL.parse(query.get('refUrl') ?? '')?.origin ?? '*';
const part = (id) => document.querySelector('#' + id);
const words = JSON.parse(part('banks').dataset.words);
const text = (template, bank) => template.replace('{bank}', bank);

const tell = (event, data = {}) =>
  parent.postMessage(JSON.stringify({ name: 'APP_TO_SDK', instanceId, context: { event, data } }), shop);

let highest = 600;
const tellSize = () =>
  tell('onSizeChanged', { height: Math.min(highest, Math.max(320, document.body.scrollHeight)), width: 420 });

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function showProblem(said) {
  part('banks').replaceChildren();
  part('status').textContent = '';
  part('problem').textContent = said;
}

async function askGateway(operation, wish) {
  const answer = await fetch('/mgw.htm', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'Operation-Type': operation },
    body: JSON.stringify([wish]),
  });
  return answer.json();
}

async function submit(session, { code, bank }) {
  for (const field of part('banks').elements) field.disabled = true;
  part('status').textContent = text(words.opening, bank);
  const envInfo = { locale: query.get('locale'), terminalType: session.queryResult.terminalType };
  const wish = { paymentSessionData: session.paymentSessionData, paymentMethodType: code, envInfo };
  const answer = await askGateway('com.ipay.iexpcashier.cashier.submitPayByPaymentSession', wish);
  if (!answer.success) return showProblem(words.cannotOpen);
  tell('onRedirect', answer.redirect);
}

function choice({ code, bank, problem }) {
  const input = element('input', { type: 'radio', name: 'bank', value: code, required: true, disabled: problem !== undefined });
  const note = problem === undefined ? '' : ' (' + (words.unavailable[problem] ?? problem) + ')';
  return element('label', { className: problem === undefined ? '' : 'off' }, input, bank + note);
}

function offer(session, methods) {
  const form = part('banks');
  for (const category of new Set(methods.map((method) => method.category))) {
    const choices = methods.filter((method) => method.category === category).map(choice);
    form.append(element('fieldset', {}, element('legend', { textContent: words.categories[category] }), ...choices));
  }
  const go = element('button', { textContent: text(words.continueTo, '…') });
  form.append(go);
  const chosen = () => methods.find(({ code }) => code === new FormData(form).get('bank'));
  form.addEventListener('change', () => (go.textContent = text(words.continueTo, chosen().bank)));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(session, chosen());
  });
  tell('showCloseButton');
}

function render(session) {
  const { queryResult: found, heightOfVisible } = session;
  if (heightOfVisible > 0) highest = Math.round(heightOfVisible * 0.85);
  part('amount').textContent = found.amount ?? '';
  if (!found.success) showProblem(found.errorCode === 'INQUIRY_PAYMENT_SESSION_FAILED' ? words.expiredSession : words.cannotOpen);
  else if (found.pageFault === 'closed popup') return tell('setAllowRetention', false), tell('onClose');
  else if (found.single) void submit(session, found.methods[0]);
  else offer(session, found.methods);
  tell('dismissLoading', {});
  tellSize();
  part('title').focus();
}

addEventListener('message', ({ data, source }) => {
  if (source !== parent || typeof data !== 'string') return;
  const message = JSON.parse(data);
  if (message.name !== 'SDK_TO_APP' || message.instanceId !== instanceId) return;
  if (message.context.event === 'renderComponent') render(message.context.data);
});
new ResizeObserver(tellSize).observe(document.body);
tell('onLaunch');
`;
