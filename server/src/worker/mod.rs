//! Where jobs meet their bodies: the queue knows kinds, the domains know how.

mod mail;

use crate::mailer::Mailer;
use duka::{
    catalog::{
        import::{Fetcher, runs},
        media::MediaStore,
    },
    checkout::{check_payment, expire_order, request_prompt},
    ctx::Platform,
    error::AppError,
    jobs::{
        kinds::Job,
        worker::{Dispatch, JobResult},
    },
    kernel::id::TenantId,
    payments::account_test,
};
use std::{future::Future, pin::Pin, sync::Arc};
use tokio::sync::Semaphore;

/// Months of `events` that are made ahead.
const MONTHS_AHEAD: i32 = 3;
/// Files of products at a time in one process.
const FILES: usize = 2;

/// Runs every kind of job on one platform, which logs in as the worker role.
pub struct Registry {
    platform: Arc<Platform>,
    mailer: Mailer,
    /// What files of products need; a registry without it leaves their jobs for another.
    files: Option<(MediaStore, Fetcher)>,
    /// Files that may come in at a time: they take minutes, and payments must not wait for them.
    turns: Semaphore,
}

impl Registry {
    pub fn new(platform: Arc<Platform>, mailer: Mailer) -> Self {
        Self { platform, mailer, files: None, turns: Semaphore::new(FILES) }
    }

    /// The same, and it brings in files of products.
    #[must_use]
    pub fn with_files(mut self, media: MediaStore, fetcher: Fetcher) -> Self {
        self.files = Some((media, fetcher));
        self
    }

    fn files(&self) -> Result<&(MediaStore, Fetcher), AppError> {
        self.files.as_ref().ok_or_else(|| AppError::broken("this worker was started without a media store"))
    }
}

impl Dispatch for Registry {
    fn run(&self, tenant: TenantId, job: Job) -> Pin<Box<dyn Future<Output = JobResult> + Send + '_>> {
        Box::pin(async move {
            match job {
                Job::RequestPrompt(payment) => request_prompt::send(&self.platform, tenant, payment).await,
                Job::SettleCallback(callback) => check_payment::settle_callback(&self.platform, tenant, callback).await,
                Job::CheckPayment(payment) => check_payment::check_payment(&self.platform, tenant, payment).await,
                Job::ExpireOrder(order) => expire_order::expire_order(&self.platform, tenant, order).await,
                Job::SendMail(mail) => mail::send(&self.platform, &self.mailer, tenant, mail).await,
                Job::RunImport(run) => {
                    let (media, fetcher) = self.files()?;
                    match self.turns.try_acquire() {
                        Ok(_turn) => runs::perform(&self.platform, media, fetcher, tenant, run).await,
                        Err(_) => runs::put_off(&self.platform, tenant, run).await,
                    }
                }
                Job::ForgetImport(run) => runs::forget(&self.platform, &self.files()?.0, tenant, run).await,
                Job::CheckAccountTest(test) => account_test::check(&self.platform, tenant, test).await,
            }
        })
    }

    fn sweep(&self) -> Pin<Box<dyn Future<Output = JobResult> + Send + '_>> {
        Box::pin(async move {
            self.platform.db.make_event_partitions(MONTHS_AHEAD).await?;
            Ok(())
        })
    }
}
