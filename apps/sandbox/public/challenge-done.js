// Tells the shop's page, and only it, that the bank's page has been answered. The outcome is read from the API.
window.parent.postMessage({ type: 'dhow:challenge-done' }, document.documentElement.dataset.parent)
