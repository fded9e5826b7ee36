//! A place where libraries may panic or recurse deeply without taking the run with them.

use std::thread;

/// Stack for the libraries' recursion, in bytes. The depth of documents is bounded before, but
/// typify also recurses along chains of references. The pages are only used when touched.
const STACK: usize = 512 << 20;

/// The name of the thread, by which a program can keep quiet about its panics.
pub const THREAD: &str = "codegen";

/// Runs `work` on a thread with a large stack.
///
/// # Errors
///
/// The message of a panic in `work`, or that no thread could be had.
pub fn isolated<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
    thread::scope(|scope| {
        let spawned = beside(scope, work)?;
        spawned.join().map_err(|panic| message(panic.as_ref()))
    })
}

/// Starts `work` on a thread with a large stack.
///
/// # Errors
///
/// That no thread could be had.
pub(crate) fn beside<'scope, T: Send + 'scope>(
    scope: &'scope thread::Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Result<thread::ScopedJoinHandle<'scope, T>, String> {
    thread::Builder::new()
        .name(THREAD.to_owned())
        .stack_size(STACK)
        .spawn_scoped(scope, work)
        .map_err(|error| format!("no thread could be started: {error}"))
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message")
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::isolated;

    #[test]
    fn panics_become_messages() {
        assert_eq!(isolated(|| 7), Ok(7));
        let panicked: Result<(), String> = isolated(|| panic!("at the {}", "disco"));
        assert_eq!(panicked, Err("at the disco".to_owned()));
    }
}
