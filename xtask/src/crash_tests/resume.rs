//! The crash tests: after a stop at a chosen step, the next run repairs what is left.

use std::cell::RefCell;
use std::io;
use std::path::Path;

use super::disk::{Points, Stop, StopAt};
use super::scene::{CRATE, Scene, Tree, inputs};
use crate::exit::{DECIDE, DONE, FAILED, STALE};
use crate::write::{FileSystem, RealFs};

const REGENERATE: &[&str] = &["regenerate"];
const DISCARD: &[&str] = &["regenerate", "--discard-edits"];
const GENERATE: &[&str] = &[
    "generate",
    "--from",
    "ROOT/openapi/pets/openapi.yaml",
    "--out",
    "ROOT/made",
];

/// What a finished run makes of the first inputs.
fn made_before(arguments: &[&str]) -> Tree {
    let scene = Scene::new(arguments);
    scene.set(&inputs(0));
    scene.finished()
}

const STOPS: [Stop; 3] = [Stop::Before, Stop::Within, Stop::Fails];

/// A stopped `regenerate` leaves files that are old, new, or named as unfinished, and the next one
/// finishes.
fn stop_regenerate(points: Points, least: usize) {
    for before in [Tree::new(), made_before(REGENERATE)] {
        for stop in STOPS {
            let scene = Scene::new(REGENERATE);
            let steps = scene.stop_at(points, &before, stop, |left| {
                left.is_old_or_new();
                let code = left.checked();
                let step = left.step;
                assert!(matches!(code, STALE | DONE), "{stop:?} at {step}: {code:?}");
                left.is_repaired();
            });
            assert!(steps >= least, "{steps} steps");
        }
    }
}

#[test]
fn a_regeneration_can_be_stopped_at_each_kind_of_step() {
    stop_regenerate(Points::OneOfEachKind, 6);
}

#[test]
#[ignore = "minutes long: `.ci/proof every-crash`"]
fn a_regeneration_can_be_stopped_at_every_step() {
    stop_regenerate(Points::Every, 15);
}

/// Inputs may change after a stop; what the stopped run left is not taken for a person's edit.
fn change_inputs_after_a_stop(points: Points) {
    let scene = Scene::new(REGENERATE);
    scene.set(&inputs(2));
    let other = scene.finished();
    for before in [Tree::new(), made_before(REGENERATE)] {
        scene.stop_at(points, &before, Stop::Within, |left| {
            scene.put(&inputs(2));
            // Stopped a second time, half way.
            let _ = scene.run(&left.scene.arguments, &StopAt::step(9, Stop::Within));
            scene.put(&inputs(0));
            let _ = scene.run(&left.scene.arguments, &StopAt::step(9, Stop::Within));
            scene.put(&inputs(2));
            let example = scene.folder.path().join("openapi/pets/examples/call.rs");
            RealFs.remove_file(&example).expect("it is there");
            assert!(scene.finished() == other, "step {}", left.step);
        });
    }
}

#[test]
fn inputs_may_change_after_a_stop_at_each_kind_of_step() {
    change_inputs_after_a_stop(Points::OneOfEachKind);
}

#[test]
#[ignore = "minutes long: `.ci/proof every-crash`"]
fn inputs_may_change_after_a_stop_at_every_step() {
    change_inputs_after_a_stop(Points::Every);
}

/// Edits are discarded one by one; those that are still there are still a person's.
fn stop_discarding_edits(points: Points) {
    let mut before = made_before(DISCARD);
    let types = before.get_mut(&format!("{CRATE}/src/cats.rs"));
    types.expect("it is made").insert_str(0, "// Mine.\n");
    let in_a_folder = format!("{CRATE}/src/mine/of/mine.rs");
    before.insert(in_a_folder, "//! Mine.\n".to_owned());
    let scene = Scene::new(DISCARD);
    for stop in STOPS {
        scene.stop_at(points, &before, stop, |left| {
            left.is_old_or_new();
            let code = left.checked();
            let mine = scene.output().values().any(|text| text.contains("Mine."));
            let expected = if mine { DECIDE } else { STALE };
            let step = left.step;
            assert!(code == expected || code == DONE, "step {step}: {code:?}");
            left.is_repaired();
        });
    }
}

#[test]
fn discarding_edits_can_be_stopped_at_each_kind_of_step() {
    stop_discarding_edits(Points::OneOfEachKind);
}

#[test]
#[ignore = "minutes long: `.ci/proof every-crash`"]
fn discarding_edits_can_be_stopped_at_every_step() {
    stop_discarding_edits(Points::Every);
}

/// `generate --out` writes a folder outside of any workspace, with the sources of the runtime.
fn stop_generate(points: Points) {
    let scene = Scene::new(GENERATE);
    for before in [Tree::new(), made_before(GENERATE)] {
        scene.stop_at(points, &before, Stop::Within, |left| {
            left.is_old_or_new();
            left.is_repaired();
        });
    }
}

#[test]
fn a_folder_of_its_own_can_be_stopped_at_each_kind_of_step() {
    stop_generate(Points::OneOfEachKind);
}

#[test]
#[ignore = "minutes long: `.ci/proof every-crash`"]
fn a_folder_of_its_own_can_be_stopped_at_every_step() {
    stop_generate(Points::Every);
}

/// A run that finds another one's beginning in its lock file writes nothing more.
#[test]
fn a_run_that_is_overtaken_stops() {
    /// A disk on which another run begins at a step.
    struct Overtaken<'a>(&'a Scene, RefCell<usize>);

    impl FileSystem for Overtaken<'_> {
        fn create_folder(&self, path: &Path) -> io::Result<()> {
            let mut left = self.1.borrow_mut();
            *left = left.wrapping_sub(1);
            if *left == 0 {
                self.0.put(&inputs(2));
                let _ = self
                    .0
                    .run(&self.0.arguments, &StopAt::step(9, Stop::Before));
            }
            RealFs.create_folder(path)
        }

        fn create_file(&self, path: &Path, text: &str) -> io::Result<()> {
            RealFs.create_file(path, text)
        }

        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            RealFs.rename(from, to)
        }

        fn remove_file(&self, path: &Path) -> io::Result<()> {
            RealFs.remove_file(path)
        }

        fn remove_folder(&self, path: &Path) -> io::Result<()> {
            RealFs.remove_folder(path)
        }
    }

    let scene = Scene::new(REGENERATE);
    let mut before = made_before(REGENERATE);
    before.extend(inputs(1));
    for step in 2..=4 {
        scene.set(&before);
        let failure = scene.run(&scene.arguments, &Overtaken(&scene, RefCell::new(step)));
        let failure = failure.expect_err("another run began");
        assert_eq!(failure.code, FAILED);
        assert!(
            failure.problem.starts_with("another run is writing"),
            "{}",
            failure.problem
        );
        let code = scene.run(&["check".to_owned()], &RealFs).expect("it looks");
        assert_eq!(code, STALE, "step {step}");
        let repaired = scene.finished();
        scene.set(&inputs(2));
        assert!(repaired == scene.finished(), "step {step}");
    }
}
