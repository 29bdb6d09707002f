//! The program's own PostgreSQL: said where it is, taken over after a kill, and gone with the program.

use crate::{program::Program, shopper::http};
use sqlx::{Connection as _, PgConnection};
use std::path::Path;

/// What the note says: setting, address, and who that signs in as.
async fn logins(note: &Path) -> Vec<(String, String, String)> {
    let text = std::fs::read_to_string(note).unwrap();
    let mut found = Vec::new();
    for line in text.lines() {
        let (name, url) = line.split_once('=').unwrap();
        let mut connection = PgConnection::connect(url).await.unwrap();
        let who: String = sqlx::query_scalar("select current_user::text").fetch_one(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        found.push((name.to_owned(), url.to_owned(), who));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_database_the_program_runs_one_that_outlives_a_kill_and_ends_with_it() {
    http();
    let mut program = Program::start(&[], "web", &[]).await;
    let note = program.file("urls.env");
    let names = |found: &[(String, String, String)]| -> Vec<[String; 2]> {
        found.iter().map(|(name, _, who)| [name.clone(), who.clone()]).collect()
    };
    let expected = [
        ["DATABASE_URL", "duka_app"],
        ["DUKA_WORKER_DATABASE_URL", "duka_worker"],
        ["DUKA_OWNER_DATABASE_URL", "duka_migrator"],
        ["DUKA_OPS_DATABASE_URL", "duka_ops"],
    ];
    assert_eq!(names(&logins(&note).await), expected);

    // The server that the killed program left behind is taken over, with what lies in it.
    let ops = |found: &[(String, String, String)]| found[3].1.clone();
    let mut connection = PgConnection::connect(&ops(&logins(&note).await)).await.unwrap();
    let tenant = "insert into tenants (id, name) values (gen_random_uuid(), 'Before the kill')";
    sqlx::query(tenant).execute(&mut connection).await.unwrap();
    drop(connection);
    program.kill().await;
    program.start_again().await;
    let found = logins(&note).await;
    assert_eq!(names(&found), expected);
    let mut connection = PgConnection::connect(&ops(&found)).await.unwrap();
    let kept: Vec<String> = sqlx::query_scalar("select name from tenants").fetch_all(&mut connection).await.unwrap();
    assert_eq!(kept, ["Before the kill"]);
    drop(connection);

    assert!(program.stop().await.success(), "{}", program.last_words());
    assert!(!note.exists(), "nobody is told of a database that is not there");
    assert!(PgConnection::connect(&ops(&found)).await.is_err());
}
