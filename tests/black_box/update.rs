//! Runs the two updates of docs/update-walkthrough.md and writes their output there.

use tests::workspace::{Ran, Workspace};

use crate::diff::{commit, diff, initialize, shown};
use crate::generated_docs::hold_part;
use crate::output::root;

/// What Cargo passes on, as it is typed.
const FULL: &str = "upstream.yaml";

/// The packaging of the client in the examples.
const PACKAGING: &str = "\
package:
  name: shop-client
  version: 0.4.0
";

/// A repository with a client for three operations of the shop.
fn repository() -> Workspace {
    let workspace = Workspace::empty();
    workspace.write("Cargo.toml", "[workspace]\n");
    let full = std::fs::read_to_string(root().join("tests/fixtures/shop.yaml"));
    workspace.write(FULL, &full.expect("it is there"));
    let operations = ["list_orders", "get_order", "create_order"];
    let operations = operations
        .iter()
        .flat_map(|operation| ["--operation", operation]);
    let mut slice = vec!["slice", "--from", FULL, "--into", "openapi/shop"];
    slice.extend(operations);
    done(&workspace.xtask(&slice));
    workspace.write("openapi/shop/client.yaml", PACKAGING);
    done(&workspace.xtask(&["regenerate"]));
    initialize(&workspace);
    workspace
}

#[track_caller]
fn done(ran: &Ran) {
    assert_eq!(ran.code, Some(0), "{}", ran.transcript());
}

/// Runs slice, regenerate and diff, and shows all three as a terminal does.
fn session(workspace: &Workspace, deny: &[&str]) -> String {
    let slice = ["slice", "--from", FULL, "--into", "openapi/shop"];
    let diff_arguments = [&["--format", "markdown"], deny].concat();
    let runs = [
        (slice.to_vec(), workspace.xtask(&slice)),
        (vec!["regenerate"], workspace.xtask(&["regenerate"])),
        (
            [&["diff"], diff_arguments.as_slice()].concat(),
            diff(workspace, &diff_arguments),
        ),
    ];
    let mut text = String::from("````console\n");
    for (command, ran) in &runs {
        let ran = shown(ran);
        let ran = ran.split_once('\n').map_or("", |(_, said)| said);
        text.push_str(&format!("$ cargo xtask {}\n", command.join(" ")));
        for line in ran.lines().filter(|line| !line.starts_with("--- std")) {
            text.push_str(&format!("{line}\n"));
        }
    }
    let code = runs[2].1.code.expect("it ended");
    if code != 0 {
        text.push_str(&format!("$ echo $?\n{code}\n"));
    }
    text + "````\n"
}

#[test]
fn the_walkthrough_shows_what_the_commands_do() {
    let workspace = repository();
    let edit = |from: &str, to: &str| workspace.edit(FULL, from, to);
    edit("  version: '2'\n", "  version: '3'\n");
    edit(
        "enum: [open, paid, shipped]",
        "enum: [open, paid, shipped, returned]",
    );
    edit(
        "        created:\n",
        "        gift:\n          description: Wrap it.\n          type: boolean\n        created:\n",
    );
    edit(
        "        '410':\n          description: The order was deleted.\n",
        "",
    );
    let first = session(&workspace, &[]);
    workspace.edit("openapi/shop/client.yaml", "0.4.0", "0.5.0");
    done(&workspace.xtask(&["regenerate"]));
    commit(&workspace);

    edit("  version: '3'\n", "  version: '4'\n");
    edit(
        "required: [id, state, lines]",
        "required: [id, state, lines, gift]",
    );
    edit(
        "      operationId: create_order\n",
        "      operationId: place_order\n",
    );
    let second = session(&workspace, &["--deny", "major"]);
    hold_part("docs/update-walkthrough.md", "update", &first);
    hold_part("docs/update-walkthrough.md", "breaking", &second);
}
