/** The policy file that `guard init` leaves for a person to edit. Pure. */

/** A commented policy.yaml; `terminal` is the program that holds the terminal in which guard was set up. */
export function policyText(terminal: string | undefined): string {
  return `# Your policy for guard. Everything here is optional; the built-in rules are in force without it.
# Your own rules are in rules/*.yaml beside this file: guard rule add "terraform destroy" --reason "…"
# Rules that should not apply, or not everywhere: guard rule except <id> …, guard rule disable <id>
${presence(terminal)}`;
}

function presence(terminal: string | undefined): string {
  if (terminal === undefined) {
    return `
# Programs that show you a terminal, where guard does not know yours:
# presence:
#   terminals: [my-terminal]
`;
  }
  return `
# Programs that show you a terminal. This one held it when you ran guard init.
presence:
  terminals: [${JSON.stringify(terminal)}]
`;
}
