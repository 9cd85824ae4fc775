// Written so that very old versions of Node can read it: it is they who must hear this message.

/** The oldest Node that can install the project; the project itself runs on the Node it installs. */
export const oldestNode = 20;

/** Stops with a plain message when this Node is too old, or the system is one the project does not run on. */
export function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < oldestNode) {
    console.error(
      'Saraptama needs Node.js ' +
        oldestNode +
        ' or newer to start; this is ' +
        process.version +
        '.\n' +
        'Install a newer one from https://nodejs.org and run the command again.',
    );
    process.exit(1);
  }
  if (process.platform === 'win32') {
    console.error(
      'Saraptama runs on Linux and macOS. On Windows, run it inside WSL:\n' +
        'https://learn.microsoft.com/windows/wsl/install',
    );
    process.exit(1);
  }
}
