//! Makes a failing input small: what can go without the failure going, goes.

use serde_json::Value;

use crate::documents::Trial;

/// The smallest input that is found to fail in the same way.
pub fn smallest(mut trial: Trial) -> Trial {
    let Err(problem) = trial.run() else {
        return trial;
    };
    let kind = |problem: &str| problem.split([':', '`', '"']).next().map(str::to_owned);
    let fails = |trial: &Trial| {
        trial
            .run()
            .is_err_and(|value| kind(&value) == kind(&problem))
    };
    let mut changed = true;
    while changed {
        changed = false;
        let mut place = 0;
        while let Some(smaller) = without(&trial.document, place) {
            let before = std::mem::replace(&mut trial.document, smaller);
            if fails(&trial) {
                changed = true;
            } else {
                trial.document = before;
                place += 1;
            }
        }
    }
    trial
}

/// The tree without one member or entry, counted in a walk over it; `None` behind the last.
fn without(document: &Value, place: usize) -> Option<Value> {
    let mut smaller = document.clone();
    let mut left = place;
    take(&mut smaller, &mut left).then_some(smaller)
}

fn take(node: &mut Value, left: &mut usize) -> bool {
    match node {
        Value::Object(members) => {
            let keys: Vec<String> = members.keys().cloned().collect();
            for key in keys {
                if *left == 0 {
                    members.remove(&key);
                    return true;
                }
                *left -= 1;
                if members
                    .get_mut(&key)
                    .is_some_and(|member| take(member, left))
                {
                    return true;
                }
            }
            false
        }
        Value::Array(list) => {
            for index in 0..list.len() {
                if *left == 0 {
                    list.remove(index);
                    return true;
                }
                *left -= 1;
                if take(&mut list[index], left) {
                    return true;
                }
            }
            false
        }
        _ => false,
    }
}
