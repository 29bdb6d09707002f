//! What the program's verbs say and how they end: help, wrong usage, one line for what cannot be, and work that is done.

use crate::shopper::http;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use duka::{
    ctx::Platform,
    db::{migrate::newest_chapter, testing::TestDb},
    kernel::clock::Clock,
    vault::{MasterKey, Vault},
};
use sqlx::{AssertSqlSafe, Executor as _};
use std::{
    path::PathBuf,
    process::{Command, Output, Stdio},
    sync::Arc,
};

const VERBS: [&str; 15] = [
    "serve",
    "migrate",
    "demo",
    "import",
    "export",
    "job list",
    "job run",
    "tenant create",
    "tenant suspend",
    "tenant resume",
    "customer export",
    "customer erase",
    "callbacks replay",
    "keys rotate",
    "doctor",
];

/// Somebody at a terminal, in a folder of their own, with the settings of an installation.
struct Terminal {
    folder: PathBuf,
    settings: Vec<(&'static str, String)>,
}

impl Terminal {
    fn new(settings: &[(&'static str, String)]) -> Self {
        let folder = std::env::temp_dir().join(format!("duka-verbs-{:016x}", rand::random::<u64>()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut all =
            vec![("DUKA_DATA_DIR", folder.join("data").display().to_string()), ("DUKA_LOG", "off".to_owned())];
        // Nobody listens there, and nobody outside this machine is asked.
        for name in ["DUKA_MPESA_URL", "DUKA_PAYSTACK_URL", "DUKA_SMS_URL", "DUKA_PICKUP_MTAANI_URL"] {
            all.push((name, "http://127.0.0.1:9".to_owned()));
        }
        all.extend_from_slice(settings);
        Self { folder, settings: all }
    }

    fn duka(&self, line: &str) -> Output {
        self.duka_with(line, &[])
    }

    /// With other settings than usual; an empty one is as good as none.
    fn duka_with(&self, line: &str, other: &[(&str, String)]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_duka"))
            .args(line.split(' ').filter(|word| !word.is_empty()))
            .current_dir(&self.folder)
            .env_remove("DATABASE_URL")
            .env_remove("DUKA_SITE_DIR")
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .envs(other.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// What it says when all is well.
    fn done(&self, line: &str) -> String {
        let output = self.duka(line);
        assert_eq!(output.status.code(), Some(0), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// It ends with 1 after one line that says why.
    fn refused(&self, line: &str, other: &[(&str, String)], why: &str) {
        let output = self.duka_with(line, other);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.lines().count()), (Some(1), 1), "{line}: {said}");
        assert!(said.starts_with("duka: ") && said.contains(why), "{line}: {said}");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A key that looks random enough.
fn key(start: u8) -> [u8; 32] {
    std::array::from_fn(|at| start + u8::try_from(at).unwrap_or(0))
}

/// A terminal of an installation on this database, in which one merchant sells at `ours`.
async fn installed(db: &TestDb) -> Terminal {
    http();
    let shared = db.platform_with(Clock::system(), "http://127.0.0.1:9/daraja");
    let platform = Arc::new(Platform { vault: Vault::new(MasterKey::new(key(1))), ..(*shared).clone() });
    db.seed_shop(&platform, "ours").await;
    Terminal::new(&[
        ("DATABASE_URL", db.url("duka_app")),
        ("DUKA_WORKER_DATABASE_URL", db.url("duka_worker")),
        ("DUKA_OWNER_DATABASE_URL", db.url("duka_migrator")),
        ("DUKA_OPS_DATABASE_URL", db.url("duka_ops")),
        ("DUKA_SECRET_KEY", BASE64_STANDARD.encode(key(1))),
    ])
}

#[test]
fn every_verb_has_its_help_and_what_is_no_usage_ends_with_two() {
    let terminal = Terminal::new(&[]);
    for verb in VERBS {
        let told = terminal.done(&format!("{verb} --help"));
        assert!(told.contains(&format!("Usage: duka {verb}")), "{told}");
    }
    let all = terminal.done("--help");
    let named = all.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    for name in named.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        assert!(VERBS.iter().any(|verb| verb.split(' ').next() == Some(name)), "{name} is not looked at here");
    }
    for wrong in ["", "fly", "job", "import", "serve --role cook", "export --store ours", "migrate now"] {
        let output = terminal.duka(wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{wrong}");
    }
}

#[test]
fn production_refuses_what_would_be_weak() {
    let terminal = Terminal::new(&[]);
    let (strong, weak) = (BASE64_STANDARD.encode(key(1)), BASE64_STANDARD.encode([7; 32]));
    let (plain, safe) = ("http://duka.example".to_owned(), "https://duka.example".to_owned());
    let production = ("DUKA_ENV", "production".to_owned());
    for (base, secret, why) in [
        (&plain, strong.clone(), "DUKA_BASE_URL must be https:// in production"),
        (&safe, String::new(), "DUKA_SECRET_KEY must be set in production"),
        (&safe, weak, "too regular to be random"),
        (&safe, "short".to_owned(), "DUKA_SECRET_KEY is not"),
    ] {
        let settings = [production.clone(), ("DUKA_BASE_URL", base.clone()), ("DUKA_SECRET_KEY", secret)];
        terminal.refused("job list", &settings, why);
    }
    let settings = [
        production,
        ("DUKA_BASE_URL", safe),
        ("DUKA_SECRET_KEY", strong),
        ("DUKA_ADDR", "127.0.0.1:0".to_owned()),
        ("DUKA_OPS_ADDR", "127.0.0.1:0".to_owned()),
    ];
    terminal.refused("serve --demo", &settings, "the demo does not run in production");
    terminal.refused("job list", &[("DUKA_ENV", "staging".to_owned())], "development or production");
    // A database of somebody else's asks for a key everywhere.
    let there = ("DATABASE_URL", "postgres://duka_app@127.0.0.1:9/duka".to_owned());
    terminal.refused("job list", &[there], "DUKA_SECRET_KEY is missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_login_that_may_too_much_and_no_old_schema_is_worked_with() {
    let db = TestDb::new().await;
    let terminal = installed(&db).await;
    for (role, why) in [
        ("postgres", "DATABASE_URL: this login is a superuser"),
        ("duka_ops", "DATABASE_URL: this login bypasses row security"),
        ("duka_migrator", "DATABASE_URL: this login owns tables"),
    ] {
        terminal.refused("job list", &[("DATABASE_URL", db.url(role))], why);
    }
    let other = [("DUKA_WORKER_DATABASE_URL", db.url("duka_ops"))];
    terminal.refused("job list", &other, "DUKA_WORKER_DATABASE_URL: this login bypasses row security");
    let newest = newest_chapter();
    let forget = format!("delete from _sqlx_migrations where version = {newest}");
    db.superuser().await.execute(AssertSqlSafe(forget)).await.unwrap();
    terminal.refused("job list", &[], &format!("this program needs {newest}: run `duka migrate`"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_done_is_told_in_one_line() {
    let db = TestDb::new().await;
    let terminal = installed(&db).await;
    std::fs::write(terminal.folder.join("goods.csv"), "Slug,Name,Price\nmug,Mug,300\n").unwrap();
    for (line, why) in [
        ("import --store ours nothing.csv", "nothing.csv cannot be read"),
        ("import --store ours --rate much goods.csv", "--rate much"),
        ("import --store nowhere goods.csv", "there is no store `nowhere`"),
        ("export --store nowhere --out out", "there is no store `nowhere`"),
        ("job run fly", "there is no job `fly`"),
        ("job run sweep --tenant 1", "`sweep` is not done merchant by merchant"),
        ("job run check_stock --tenant 1", "`1` is no merchant's id"),
        ("tenant create --name Duka --store-slug A_B --owner-email a@duka.test", "cannot be a label in an address"),
        ("tenant create --name Duka --store-slug second --owner-email nobody", "`nobody` is no e-mail address"),
        ("tenant create --name Duka --store-slug ours --owner-email a@duka.test", "a store already lives"),
        ("tenant suspend --store nowhere", "there is no store `nowhere`"),
        ("demo", "start the program from the repository's folder"),
    ] {
        terminal.refused(line, &[], why);
    }
    let nobody = ("DUKA_OWNER_DATABASE_URL", String::new());
    terminal.refused("migrate", &[nobody], "DUKA_OWNER_DATABASE_URL is not set");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_verbs_do_what_they_are_for() {
    let db = TestDb::new().await;
    let terminal = installed(&db).await;
    assert_eq!(terminal.done("migrate"), format!("the schema is at {}\n", newest_chapter()));
    assert_eq!(terminal.done("job list"), "nothing waits\n");
    let failed = "select graphile_worker.add_job('renew_category', '{}'::json, job_key => 'search:1');
                  update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'it never works'";
    db.superuser().await.execute(failed).await.unwrap();
    let waits = terminal.done("job list");
    assert!(waits.ends_with("renew_category     tried 25 times, given up  it never works\n"), "{waits}");
    assert_eq!(terminal.done("job run given_up"), "1 jobs are tried again\ndone\n");
    let waits = terminal.done("job list");
    assert!(waits.ends_with("renew_category     tried 0 times  it never works\n"), "{waits}");
    db.superuser().await.execute("delete from graphile_worker._private_jobs").await.unwrap();
    let counted = terminal.done("job run check_stock");
    assert_eq!(counted, "0 differences between the ledger and the stock\ndone\n");

    // One in whose place another came has no key any more: it is nobody's to look at, and goes after a week.
    let replaced = "select graphile_worker.add_job('check_payment', '{}'::json);
                    update graphile_worker._private_jobs set attempts = max_attempts, updated_at = now() - interval '8 days'";
    db.superuser().await.execute(replaced).await.unwrap();
    assert_eq!(terminal.done("job run given_up"), "0 jobs are tried again\ndone\n");
    let leaving = "insert into customers (tenant_id, phone, erase_asked_at)
                   select tenant_id, '+254711223344', now() from stores where slug = 'ours'";
    db.superuser().await.execute(leaving).await.unwrap();
    assert_eq!(terminal.done("job run hourly"), "done\n");
    let left: i64 = sqlx::query_scalar("select count(*) from customers where phone is not null")
        .fetch_one(&mut db.superuser().await)
        .await
        .unwrap();
    assert_eq!(left, 0, "who asked to be erased is, from a terminal too");
    let kept = "select count(*) from graphile_worker.jobs where attempts >= max_attempts";
    assert_eq!(sqlx::query_scalar::<_, i64>(kept).fetch_one(&mut db.superuser().await).await.unwrap(), 0);

    let made = terminal.done("tenant create --name Second --store-slug second --owner-email owner@second.test");
    let lines: Vec<&str> = made.lines().collect();
    assert_eq!(lines[0], "http://second.localhost:3000");
    let password = lines[1].strip_prefix("owner@second.test signs in with the password ").unwrap();
    assert_eq!((lines.len(), password.len()), (2, 20));

    for (line, said) in [
        ("tenant suspend --store second", "the merchant of second is suspended\n"),
        ("tenant suspend --store second", "the merchant of second was already suspended\n"),
        ("tenant resume --store second", "the merchant of second is active\n"),
    ] {
        assert_eq!(terminal.done(line), said);
    }
    let acts = "select string_agg(action, ' ' order by created_at) from audit_log where action like 'tenant\\_%'";
    let acts: String = sqlx::query_scalar(acts).fetch_one(&mut db.superuser().await).await.unwrap();
    assert_eq!(acts, "tenant_created tenant_suspended tenant_resumed");
    let close = "update tenants set status = 'closed' where name = 'Second'";
    db.superuser().await.execute(close).await.unwrap();
    terminal.refused("tenant resume --store second", &[], "is closed for good");

    assert_eq!(terminal.done("export --store ours --out out"), "1 products and 0 pictures are in out\n");
    let report = terminal.done("import --store ours --dry-run out/products.csv");
    let told = report.lines().last().unwrap();
    assert!(told.starts_with("Dry run, nothing was written.") && told.ends_with(" 0 refused"), "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_names_what_is_wrong_and_what_is_well() {
    let db = TestDb::new().await;
    let terminal = installed(&db).await;
    let found = |other: &[(&str, String)]| {
        let output = terminal.duka_with("doctor", other);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "duka: something is wrong\n");
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let of = |word: &str| -> Vec<String> {
            let names = told.lines().filter_map(|line| line.strip_prefix(word)?.trim_start().split(": ").next());
            names.map(str::to_owned).collect()
        };
        (of("ok "), of("wrong "))
    };
    let far = ["site", "M-Pesa", "cards", "text messages", "Pickup Mtaani"];
    let (well, wrong) = found(&[]);
    assert_eq!(wrong, far);
    assert_eq!(well, ["settings", "mail", "spool", "database", "worker", "jobs", "keys", "shutdown"]);

    let failed = "select graphile_worker.add_job('send_mail', '{}'::json);
                  update graphile_worker._private_jobs set attempts = max_attempts";
    db.superuser().await.execute(failed).await.unwrap();
    assert_eq!(found(&[]).1, [&far[..], &["jobs"]].concat(), "what was given up waits for a person");
    db.superuser().await.execute("delete from graphile_worker._private_jobs").await.unwrap();

    let another = ("DUKA_SECRET_KEY", BASE64_STANDARD.encode(key(100)));
    let without_worker = ("DUKA_WORKER_DATABASE_URL", String::new());
    let (_, wrong) = found(&[another, without_worker]);
    assert_eq!(wrong, [&far[..], &["worker", "keys"]].concat());

    let (well, wrong) = found(&[("DATABASE_URL", db.url("duka_ops"))]);
    assert_eq!(wrong, [&far[..], &["database"]].concat());
    assert_eq!(well, ["settings", "mail", "spool"]);
    let (well, wrong) = found(&[("DUKA_ENV", "staging".to_owned())]);
    assert!(well.is_empty() && wrong == ["settings"], "{well:?} {wrong:?}");
}
