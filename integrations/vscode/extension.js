// A client of the language server, with no package of its own beside the editor's: vscode-languageclient is bundled when it is packed.
const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");
const { serverCommand } = require("./server-command.js");

let client;

function command() {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  return serverCommand(vscode.workspace.getConfiguration("heptad").get("path"), folders);
}

async function start() {
  const { command: program, args, shell } = command();
  const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const server = { command: program, args: [...args, "lsp"], transport: TransportKind.stdio, options: { cwd, shell } };
  client = new LanguageClient("heptad", "Heptad", server, { documentSelector: [{ language: "markdown" }] });
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(`Heptad could not be started: ${error.message}. Install it, or set heptad.path.`);
  }
}

/** Types a command into a terminal, where its output and its questions are at home. */
function inTerminal(verb) {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const { command: program, args } = command();
  const terminal = vscode.window.createTerminal({ name: `heptad ${verb}`, shellPath: program, shellArgs: [...args, verb, editor.document.uri.fsPath] });
  terminal.show();
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("heptad.run", () => inTerminal("run")),
    vscode.commands.registerCommand("heptad.estimate", () => inTerminal("estimate")),
    vscode.commands.registerCommand("heptad.restart", async () => {
      await client?.stop();
      await start();
    }),
  );
  await start();
}

async function deactivate() {
  await client?.stop();
}

module.exports = { activate, deactivate };
