//! Counts what passed and what failed, and names what failed, from what the runners say.

use serde_json::Value;

/// Passed and failed checks.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    /// What failed, a line each, for the end of the output: of a long run often only the end is kept.
    pub names: Vec<String>,
}

impl Tally {
    /// One more check.
    pub fn count(&mut self, name: &str, passed: bool) {
        if passed {
            self.passed += 1;
        } else {
            self.failed += 1;
            self.names.push(name.to_owned());
        }
    }

    /// A runner's own counts.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.names.extend(other.names);
    }
}

/// Reads nextest's line `Summary [ 6.6s] 16 tests run: 15 passed (1 slow), 1 failed, 0 skipped`.
pub fn nextest(line: &str) -> Option<Tally> {
    let plain = without_colour(line);
    let (head, counts) = plain.split_once(" run: ")?;
    if !head.trim_start().starts_with("Summary") {
        return None;
    }
    let mut tally = Tally::default();
    for part in counts.split(',') {
        let mut words = part.split_whitespace();
        let (Some(count), Some(what)) = (words.next().and_then(|word| word.parse::<u64>().ok()), words.next()) else {
            continue;
        };
        match what {
            "passed" => tally.passed += count,
            "skipped" => {}
            // failed, timed out, exec failed
            _ => tally.failed += count,
        }
    }
    Some(tally)
}

/// The failed tests among nextest's lines as they come, each with the place and the first words of its panic.
#[derive(Default)]
pub struct Failures {
    named: Vec<String>,
    /// How many more lines of the newest one's panic are kept; none before it began and after it was told.
    more: Option<u8>,
}

impl Failures {
    /// Lines of a panic that are kept: what was asserted, and both sides of it.
    const KEPT: u8 = 3;

    pub fn read(&mut self, line: &str) {
        let plain = without_colour(line);
        let plain = plain.trim();
        if let Some(name) = nextest_failure(line) {
            // The runner names a failure at once and again at its end.
            let is_new = !self.named.iter().any(|known| known.split(" at ").next() == Some(name.as_str()));
            self.more = is_new.then_some(0);
            self.named.extend(is_new.then_some(name));
            return;
        }
        let (Some(more), Some(newest)) = (self.more, self.named.last_mut()) else { return };
        if more > 0 {
            *newest = format!("{newest} | {plain}");
            self.more = (more > 1).then(|| more - 1);
        } else if let Some((_, place)) = plain.split_once(" panicked at ") {
            *newest = format!("{newest} at {}", place.trim_end_matches(':'));
            self.more = Some(Self::KEPT);
        }
    }

    pub fn lines(self) -> Vec<String> {
        self.named
    }
}

/// Reads nextest's line about a test that failed: `FAIL [   0.2s] (12/90) server::money racing::two_at_once`.
fn nextest_failure(line: &str) -> Option<String> {
    let plain = without_colour(line);
    let (verdict, rest) = plain.trim_start().split_once(" [")?;
    if !matches!(verdict, "FAIL" | "TIMEOUT" | "ABORT" | "LEAK-FAIL") && !verdict.starts_with("SIG") {
        return None;
    }
    let (_, name) = rest.split_once("] ")?;
    let name = name.trim_start();
    let name = if name.starts_with('(') { name.split_once(") ")?.1 } else { name };
    Some(name.trim().to_owned())
}

/// Reads the statistics of Playwright's JSON report. A test that passed only when repeated did not pass.
pub fn playwright(report: &Value) -> Option<Tally> {
    let stats = report.get("stats")?;
    let number = |name: &str| stats.get(name).and_then(Value::as_u64);
    // Errors outside any test: a file that does not load, a set-up that fails.
    let outside = report.get("errors").and_then(Value::as_array).map_or(0, Vec::len) as u64;
    let mut names = Vec::new();
    for suite in report.get("suites").and_then(Value::as_array).into_iter().flatten() {
        name_failures(suite, &mut names);
    }
    Some(Tally { passed: number("expected")?, failed: number("unexpected")? + number("flaky")? + outside, names })
}

/// Goes through a suite of Playwright's report and the suites in it.
fn name_failures(suite: &Value, names: &mut Vec<String>) {
    let list = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    for spec in list(suite, "specs") {
        for test in list(&spec, "tests") {
            if !matches!(text(&test, "status").as_str(), "unexpected" | "flaky") {
                continue;
            }
            let said = list(&test, "results").iter().find_map(|result| {
                let error = result.get("error")?;
                Some(without_colour(&text(error, "message")))
            });
            let said = said.unwrap_or_default();
            let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).take(4).collect();
            names.push(format!(
                "[{}] {}: {}: {}",
                text(&test, "projectName"),
                text(&spec, "file"),
                text(&spec, "title"),
                lines.join(" | ")
            ));
        }
    }
    for inner in list(suite, "suites") {
        name_failures(&inner, names);
    }
}

fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut inside = false;
    for sign in line.chars() {
        match sign {
            '\u{1b}' => inside = true,
            'm' if inside => inside = false,
            _ if inside => {}
            sign => plain.push(sign),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{Failures, Tally, nextest, nextest_failure, playwright};
    use serde_json::json;

    #[test]
    fn every_kind_of_summary_gives_the_right_counts() {
        for (line, passed, failed) in [
            ("     Summary [   6.631s] 16 tests run: 16 passed, 0 skipped", 16, 0),
            ("     Summary [   1.8s] 8/16 tests run: 7 passed, 1 failed, 0 skipped", 7, 1),
            (
                "\u{1b}[32;1m     Summary\u{1b}[0m [ 2s] \u{1b}[1m3\u{1b}[0m tests run: 1 passed (1 slow), 1 timed out, 1 exec failed, 4 skipped",
                1,
                2,
            ),
            ("     Summary [   0.1s] 1 test run: 1 passed, 0 skipped", 1, 0),
        ] {
            assert_eq!(nextest(line), Some(Tally { passed, failed, names: Vec::new() }), "{line}");
        }
        assert_eq!(nextest("        PASS [   0.005s] cluster tests::a_test run: 3 passed"), None);
    }

    #[test]
    fn a_test_that_failed_is_named() {
        for (line, name) in [
            (
                "        FAIL [   0.221s] (12/90) server::money racing::two_at_once",
                Some("server::money racing::two_at_once"),
            ),
            (
                "\u{1b}[31;1m     TIMEOUT\u{1b}[0m [ 180.0s] xtask tally::tests::a_test",
                Some("xtask tally::tests::a_test"),
            ),
            ("     SIGABRT [   0.1s] (  1/9) server::crash killed::half", Some("server::crash killed::half")),
            ("        SLOW [>  30.000s] (─────────) server::crash killed::half", None),
            ("     Summary [   1.8s] 8/16 tests run: 7 passed, 1 failed, 0 skipped", None),
        ] {
            assert_eq!(nextest_failure(line).as_deref(), name, "{line}");
        }
    }

    #[test]
    fn a_failed_test_tells_why_once_and_lends_its_reason_to_no_other() {
        let mut failures = Failures::default();
        for line in [
            "        FAIL [   0.2s] (12/90) server::money racing::two_at_once",
            "    thread 'racing::two_at_once' (77) panicked at server/tests/money/racing.rs:90:5:",
            "    assertion `left == right` failed",
            "      left: 39",
            "     right: 40",
            "    note: run with a backtrace",
            "     TIMEOUT [ 180.0s] (13/90) server::crash killed::half",
            "        FAIL [   0.2s] (12/90) server::money racing::two_at_once",
            "    thread 'racing::two_at_once' (77) panicked at server/tests/money/racing.rs:90:5:",
        ] {
            failures.read(line);
        }
        assert_eq!(
            failures.lines(),
            [
                "server::money racing::two_at_once at server/tests/money/racing.rs:90:5 \
                 | assertion `left == right` failed | left: 39 | right: 40",
                "server::crash killed::half",
            ]
        );
    }

    #[test]
    fn a_flaky_browser_test_and_an_error_outside_tests_are_failures() {
        let report = json!({"stats": {"expected": 12, "unexpected": 1, "flaky": 1, "skipped": 3}, "errors": [{}],
            "suites": [{"suites": [{"specs": [
                {"file": "checkout/pay.spec.ts", "title": "it pays", "tests": [
                    {"projectName": "phone", "status": "unexpected",
                     "results": [{"error": {"message": "Error: \u{1b}[2mnot seen\u{1b}[22m\n\n  Locator: h1\n"}}]},
                    {"projectName": "desktop", "status": "expected", "results": [{}]}]},
                {"file": "checkout/pay.spec.ts", "title": "now and then", "tests": [
                    {"projectName": "phone", "status": "flaky", "results": []}]}]}]}]});
        let names = vec![
            "[phone] checkout/pay.spec.ts: it pays: Error: not seen | Locator: h1".to_owned(),
            "[phone] checkout/pay.spec.ts: now and then: ".to_owned(),
        ];
        assert_eq!(playwright(&report), Some(Tally { passed: 12, failed: 3, names }));
        assert_eq!(playwright(&json!({})), None);
    }
}
