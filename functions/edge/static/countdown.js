// Keeps "3 hours 5 minutes left" right while a page is open. Counts from the server's clock at the time the page was
// made, so a visitor's wrong clock does not matter. The words are those of words.tsx.
const say = (count, unit) => (count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`);

function spanText(minutes, inHours) {
  const [days, rest] = [inHours ? 0 : Math.floor(minutes / 1440), minutes % 60];
  const hours = Math.floor((minutes - days * 1440) / 60);
  const parts = days > 0 ? [say(days, 'day'), say(hours, 'hour')] : [say(hours, 'hour'), say(rest, 'minute')];
  return parts.filter(Boolean).join(' ');
}

function timeLeftText(msLeft, { inHours, past = 'late' }) {
  const minutes = Math.round(msLeft / 60_000);
  const text = spanText(Math.abs(minutes), inHours !== undefined);
  return minutes > 0 ? `${text} left` : minutes < 0 ? `${text} ${past}` : 'due now';
}

function refresh() {
  for (const countdown of document.querySelectorAll('.pa-countdown')) {
    const msLeft = Date.parse(countdown.dataset.until) - Date.parse(countdown.dataset.now) - performance.now();
    const text = timeLeftText(msLeft, countdown.dataset);
    const left = countdown.querySelector('.pa-countdown__left');
    if (left.textContent !== text) left.textContent = text;
    countdown.classList.toggle('pa-countdown--late', msLeft < 0);
  }
}

if (document.querySelector('.pa-countdown')) setInterval(refresh, 10_000);
