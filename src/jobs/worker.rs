//! The worker: takes jobs from the queue and hands each to the program's dispatcher.

use super::kinds::Job;
use crate::{
    db::{Db, DbError},
    error::AppError,
    kernel::id::{
        AccountTestId, BookingId, CallbackId, CategoryId, CustomerId, DeliveryPartnerId, ImportRunId, MailId,
        MpesaAccountId, OrderId, PaymentId, QuestionId, RefundId, TenantId,
    },
};
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, Worker, WorkerContext, WorkerOptions};
use serde::{Deserialize, Serialize};
use std::{fmt, future::Future, pin::Pin, sync::Arc, time::Duration};
use uuid::Uuid;

/// What a job came to when it did not succeed; the queue tries again with growing pauses.
pub type JobResult = Result<(), AppError>;

/// Knows how each kind of job is done. The bodies stand on higher floors than the queue.
pub trait Dispatch: Send + Sync + 'static {
    fn run(&self, tenant: TenantId, job: Job) -> Pin<Box<dyn Future<Output = JobResult> + Send + '_>>;
    /// Once a minute.
    fn sweep(&self) -> Pin<Box<dyn Future<Output = JobResult> + Send + '_>>;
    /// Once an hour, on the hour: what each tenant needs at a time of its own day.
    fn hourly(&self) -> Pin<Box<dyn Future<Output = JobResult> + Send + '_>>;
}

#[derive(Clone)]
struct Hand(Arc<dyn Dispatch>);

impl fmt::Debug for Hand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Dispatch")
    }
}

/// A job as the queue keeps it. The tenant was written by the database.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Parcel {
    tenant: Uuid,
    body: Subject,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Subject {
    subject: Uuid,
}

async fn deliver(parcel: Parcel, make: fn(Uuid) -> Job, ctx: WorkerContext) -> Result<(), String> {
    let Some(Hand(dispatch)) = ctx.get_ext::<Hand>().cloned() else {
        return Err("the worker was started without its dispatcher".to_owned());
    };
    let job = make(parcel.body.subject);
    let is_last_try = ctx.job().attempts() >= ctx.job().max_attempts();
    // Its own task: a worker that is told to stop does not tear a transaction in two.
    let run = tokio::spawn(async move { dispatch.run(parcel.tenant.into(), job).await });
    match run.await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(fault)) if is_last_try => {
            tracing::error!(job.kind = job.kind(), job.subject = %job.subject(), error.message = %fault, "a job was given up; `duka job run given_up` tries it again");
            Err(fault.to_string())
        }
        Ok(Err(fault)) => {
            tracing::warn!(job.kind = job.kind(), error.message = %fault, "a job did not succeed and will be tried again");
            Err(fault.to_string())
        }
        Err(panic) => Err(panic.to_string()),
    }
}

macro_rules! handlers {
    ($($name:ident, $identifier:literal, $make:expr;)+) => {
        $(
            #[derive(Clone, Debug, Serialize, Deserialize)]
            #[serde(transparent)]
            struct $name(Parcel);
            impl TaskHandler for $name {
                const IDENTIFIER: &'static str = $identifier;
                async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
                    deliver(self.0, $make, ctx).await
                }
            }
        )+
        fn define(options: WorkerOptions) -> WorkerOptions {
            options$(.define_job::<$name>())+
        }
    };
}

handlers! {
    RequestPrompt, "request_prompt", |id| Job::RequestPrompt(PaymentId::from(id));
    SettleCallback, "settle_callback", |id| Job::SettleCallback(CallbackId::from(id));
    CheckPayment, "check_payment", |id| Job::CheckPayment(PaymentId::from(id));
    CheckCard, "check_card", |id| Job::CheckCard(PaymentId::from(id));
    ExpireOrder, "expire_order", |id| Job::ExpireOrder(OrderId::from(id));
    SendMail, "send_mail", |id| Job::SendMail(MailId::from(id));
    CheckAccountTest, "check_account_test", |id| Job::CheckAccountTest(AccountTestId::from(id));
    AskProvider, "ask_provider", |id| Job::AskProvider(QuestionId::from(id));
    RenewCategory, "renew_category", |id| Job::RenewCategory(CategoryId::from(id));
    RunImport, "run_import", |id| Job::RunImport(ImportRunId::from(id));
    ForgetImport, "forget_import", |id| Job::ForgetImport(ImportRunId::from(id));
    PullMoney, "pull_money", |id| Job::PullMoney(MpesaAccountId::from(id));
    SendRefund, "send_refund", |id| Job::SendRefund(RefundId::from(id));
    CheckRefund, "check_refund", |id| Job::CheckRefund(RefundId::from(id));
    EraseCustomer, "erase_customer", |id| Job::EraseCustomer(CustomerId::from(id));
    RefreshPartner, "refresh_partner", |id| Job::RefreshPartner(DeliveryPartnerId::from(id));
    BookParcel, "book_parcel", |id| Job::BookParcel(BookingId::from(id));
    FollowParcel, "follow_parcel", |id| Job::FollowParcel(BookingId::from(id));
}

/// The queue sends nothing along, or the time it was due as an object; neither matters.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct Sweep(serde_json::Value);

impl TaskHandler for Sweep {
    const IDENTIFIER: &'static str = "sweep";
    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        match ctx.get_ext::<Hand>().cloned() {
            Some(Hand(dispatch)) => dispatch.sweep().await.map_err(|fault| fault.to_string()),
            None => Err("the worker was started without its dispatcher".to_owned()),
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct Hourly(serde_json::Value);

impl TaskHandler for Hourly {
    const IDENTIFIER: &'static str = "hourly";
    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        match ctx.get_ext::<Hand>().cloned() {
            Some(Hand(dispatch)) => dispatch.hourly().await.map_err(|fault| fault.to_string()),
            None => Err("the worker was started without its dispatcher".to_owned()),
        }
    }
}

/// Connects the worker to the queue. `db` is the worker role's.
pub async fn prepare(db: &Db, dispatch: Arc<dyn Dispatch>, at_once: usize) -> Result<Worker, AppError> {
    let options = WorkerOptions::default()
        .pg_pool(db.queue_pool())
        .concurrency(at_once)
        .poll_interval(Duration::from_secs(1))
        .listen_os_shutdown_signals(false)
        // Jobs of a worker that died are given to another; the crate leaves this off by default.
        .heartbeat_interval(Duration::from_secs(10))
        .sweep_interval(Duration::from_secs(15))
        .sweep_threshold(Duration::from_secs(45))
        .add_extension(Hand(dispatch));
    let options = define(options).define_job::<Sweep>().define_job::<Hourly>();
    let options = options.with_cron("* * * * * sweep").map_err(AppError::broken)?;
    // An hour that was slept through is made up for; what is done once a day asks the day.
    let options = options.with_cron("0 * * * * hourly ?fill=2h").map_err(AppError::broken)?;
    options.init().await.map_err(AppError::broken)
}

/// Does everything that is due, then returns; for tests and `duka job run`.
pub async fn drain(db: &Db, dispatch: Arc<dyn Dispatch>) -> Result<(), AppError> {
    let options = WorkerOptions::default()
        .pg_pool(db.queue_pool())
        .concurrency(4)
        .listen_os_shutdown_signals(false)
        .add_extension(Hand(dispatch));
    let worker = define(options).define_job::<Sweep>().define_job::<Hourly>().init().await.map_err(AppError::broken)?;
    worker.run_once().await.map_err(AppError::broken)
}

/// Kinds of which no job ever takes another's place.
macro_rules! unnamed {
    () => {
        "('send_mail', 'settle_callback', 'forget_import')"
    };
}

/// Whether a job was tried as often as it may be. The queue writes the same of one in whose place another came while it
/// was being done, and takes its key away: for that one nothing is left to do.
macro_rules! given_up {
    () => {
        concat!(
            "attempts >= max_attempts and locked_at is null and (key is not null or task_identifier in ",
            unnamed!(),
            ")"
        )
    };
}

/// A waiting job, for `duka job list`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WaitingJob {
    pub kind: String,
    pub attempts: i16,
    pub run_at: chrono::DateTime<chrono::Utc>,
    pub last_error: Option<String>,
    /// It was tried as often as it may be, and waits for a person.
    pub is_given_up: bool,
}

/// A hundred jobs: those that were given up, then the oldest.
pub async fn list(db: &Db) -> Result<Vec<WaitingJob>, DbError> {
    Ok(sqlx::query_as(concat!(
        "select task_identifier as kind, attempts, run_at, last_error, (",
        given_up!(),
        ") as is_given_up from graphile_worker.jobs order by is_given_up desc, run_at limit 100"
    ))
    .fetch_all(&db.queue_pool())
    .await?)
}

/// How many jobs wait for a person.
pub async fn count_given_up(db: &Db) -> Result<i64, DbError> {
    let count = concat!("select count(*) from graphile_worker.jobs where ", given_up!());
    Ok(sqlx::query_scalar(count).fetch_one(&db.queue_pool()).await?)
}

/// Has up to a thousand of them tried again from now on, as if for the first time: each is safe to be done twice. Answers
/// how many.
pub async fn take_up_given_up(db: &Db) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(concat!(
        "select count(*) from graphile_worker.reschedule_jobs(
             array(select id from graphile_worker.jobs where ",
        given_up!(),
        " order by id limit 1000), run_at => now(), attempts => 0)"
    ))
    .fetch_one(&db.queue_pool())
    .await?)
}

/// Takes away what the queue keeps for good of jobs in whose place another came.
pub async fn forget_replaced(db: &Db) -> Result<(), DbError> {
    sqlx::query(concat!(
        "delete from graphile_worker._private_jobs j
         using graphile_worker._private_tasks t
         where t.id = j.task_id
           and j.attempts >= j.max_attempts
           and j.locked_at is null
           and j.key is null
           and j.updated_at < now() - interval '7 days'
           and t.identifier not in ",
        unnamed!()
    ))
    .execute(&db.queue_pool())
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_queue_sends_by_the_clock_can_be_read() {
        let sent = serde_json::json!({ "_cron": { "ts": "2026-11-23T14:00:00Z", "backfilled": false } });
        assert!(serde_json::from_value::<Sweep>(sent.clone()).is_ok());
        assert!(serde_json::from_value::<Hourly>(sent).is_ok());
    }

    #[test]
    fn the_times_of_the_clock_are_times() {
        let options = WorkerOptions::default().with_cron("* * * * * sweep").unwrap();
        assert!(options.with_cron("0 * * * * hourly ?fill=2h").is_ok());
    }
}
