// Ways to send that no route of the browser driver sees: requests from a shared worker, and those that outlive the page.
// A core's entry screens need none of them; with them a register request could pass the submit fuse.
if (window.SharedWorker) delete window.SharedWorker;
if (navigator.sendBeacon) Navigator.prototype.sendBeacon = () => false;
let leaving = false;
window.addEventListener('pagehide', () => { leaving = true; }, true);
if (window.fetch) {
  const plain = window.fetch;
  window.fetch = (input, init) => {
    if (leaving) return Promise.reject(new TypeError('the page is being left'));
    const outlives = (init && init.keepalive) || (input instanceof Request && input.keepalive);
    return outlives ? plain.call(window, new Request(input, init), { keepalive: false }) : plain.call(window, input, init);
  };
}
const plainSend = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function send(...given) {
  if (!leaving) plainSend.apply(this, given);
};
