// The low tone of a code that nobody knows. Every sound has a visible twin; a browser without sound loses nothing.
export function beep(): void {
  try {
    const context = new AudioContext();
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = 196;
    volume.gain.value = 0.15;
    tone.connect(volume).connect(context.destination);
    tone.onended = () => void context.close();
    tone.start();
    tone.stop(context.currentTime + 0.18);
  } catch {
    // No sound card, or the browser wants a touch first: the notice on the screen says it.
  }
}
