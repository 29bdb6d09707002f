//! Where jobs meet their bodies: the queue knows kinds, the domains know how.

mod mail;

use crate::mailer::Mailer;
use chrono::Timelike as _;
use duka::{
    catalog::{
        import::{Fetcher, runs},
        media::MediaStore,
        search_text,
    },
    checkout::{
        ask_provider, card, check_payment, close, expire_order, parcels, read_callback, receive_callback, refunds,
        request_prompt, sweep_payments,
    },
    ctx::{Ctx, Platform},
    customers::erase_later,
    db::Db,
    delivery::partners::refresh,
    error::AppError,
    housekeeping,
    inventory::{check_stock, low_stock},
    jobs::{
        kinds::Job,
        worker::{Dispatch, JobResult, forget_replaced},
    },
    kernel::{
        access::Actor,
        id::{CategoryId, TenantId},
    },
    payments::account_test,
    seo::sitemap,
};
use std::{future::Future, pin::Pin, sync::Arc};
use tokio::sync::Semaphore;

/// Months of `events` that are made ahead.
const MONTHS_AHEAD: i32 = 3;
/// Months of `events` before this one that are kept, as `migrations/personal-data.tsv` says.
const MONTHS_KEPT: i32 = 13;
/// Minutes between two looks at payments that nobody asks about.
const SWEEP_PAYMENTS: u32 = 5;
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
    /// The login that may change ledgers, for people's data that go; a registry without it leaves them for another.
    operator: Option<Db>,
}

impl Registry {
    pub fn new(platform: Arc<Platform>, mailer: Mailer) -> Self {
        Self { platform, mailer, files: None, turns: Semaphore::new(FILES), operator: None }
    }

    /// The same, and it brings in files of products.
    #[must_use]
    pub fn with_files(mut self, media: MediaStore, fetcher: Fetcher) -> Self {
        self.files = Some((media, fetcher));
        self
    }

    /// The same, and it erases people who asked for it.
    #[must_use]
    pub fn with_operator(mut self, operator: Db) -> Self {
        self.operator = Some(operator);
        self
    }

    fn operator(&self) -> Result<&Db, AppError> {
        self.operator.as_ref().ok_or_else(|| {
            AppError::broken("DUKA_OPS_DATABASE_URL is not set: people's data are erased by the operator's login")
        })
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
                Job::SettleCallback(callback) => read_callback::settle_callback(&self.platform, tenant, callback).await,
                Job::CheckPayment(payment) => check_payment::check_payment(&self.platform, tenant, payment).await,
                Job::CheckCard(payment) => card::check_card(&self.platform, tenant, payment).await,
                Job::ExpireOrder(order) => expire_order::expire_order(&self.platform, tenant, order).await,
                Job::SendMail(mail) => mail::send(&self.platform, &self.mailer, tenant, mail).await,
                Job::AskProvider(question) => ask_provider::ask(&self.platform, tenant, question).await,
                Job::RenewCategory(category) => renew_category(&self.platform, tenant, category).await,
                Job::RunImport(run) => {
                    let (media, fetcher) = self.files()?;
                    match self.turns.try_acquire() {
                        Ok(_turn) => runs::perform(&self.platform, media, fetcher, tenant, run).await,
                        Err(_) => runs::put_off(&self.platform, tenant, run).await,
                    }
                }
                Job::ForgetImport(run) => runs::forget(&self.platform, &self.files()?.0, tenant, run).await,
                Job::PullMoney(account) => close::pull_recent(&self.platform, tenant, account).await,
                Job::SendRefund(refund) => refunds::send::send_refund(&self.platform, tenant, refund).await,
                Job::CheckRefund(refund) => refunds::check::check_refund(&self.platform, tenant, refund).await,
                Job::EraseCustomer(customer) => {
                    // What waits for an open order is looked at again every hour.
                    erase_later::erase_asked(self.operator()?, tenant, customer).await.map(|_| ())
                }
                Job::RefreshPartner(partner) => refresh::refresh(&self.platform, tenant, partner).await,
                Job::BookParcel(parcel) => parcels::book(&self.platform, tenant, parcel).await,
                Job::FollowParcel(parcel) => parcels::follow(&self.platform, tenant, parcel).await,
                Job::CheckAccountTest(test) => account_test::check(&self.platform, tenant, test).await,
            }
        })
    }

    fn sweep(&self) -> Pin<Box<dyn Future<Output = JobResult> + Send + '_>> {
        Box::pin(async move {
            self.platform.db.make_event_partitions(MONTHS_AHEAD).await?;
            if self.platform.clock.now().minute().is_multiple_of(SWEEP_PAYMENTS) {
                self.sweep_payments().await?;
            }
            Ok(())
        })
    }

    fn hourly(&self) -> Pin<Box<dyn Future<Output = JobResult> + Send + '_>> {
        Box::pin(async move {
            for tenant in self.platform.db.list_tenants().await? {
                self.day_of(tenant).await;
            }
            if let Err(fault) = self.platform.db.drop_event_partitions(MONTHS_KEPT).await {
                tracing::warn!(error.message = %fault, "old months of events could not be dropped");
            }
            if let Err(fault) = forget_replaced(&self.platform.db).await {
                tracing::warn!(error.message = %fault, "what the queue keeps of replaced jobs could not be taken away");
            }
            Ok(())
        })
    }
}

impl Registry {
    /// Asks about open payments whose job was lost, of every tenant.
    async fn sweep_payments(&self) -> JobResult {
        for tenant in self.platform.db.list_tenants().await? {
            let ctx = Ctx::new(self.platform.clone(), tenant, Actor::Program);
            if let Err(fault) = sweep_payments::sweep_payments(&ctx).await {
                tracing::warn!(tenant.id = %tenant, error.message = %fault, "a merchant's open payments were not looked at");
            }
        }
        Ok(())
    }

    /// What is due at this hour of the merchant's day. One merchant's fault is not another's, and the fault of one piece of
    /// work is not that of those behind it: it is logged, and its turn comes again in an hour.
    async fn day_of(&self, tenant: TenantId) {
        let ctx = Ctx::new(self.platform.clone(), tenant, Actor::Program);
        let note = |work: &'static str, fault: Option<AppError>| {
            if let Some(fault) = fault {
                tracing::warn!(tenant.id = %tenant, work, error.message = %fault, "a merchant's daily work was not done");
            }
        };
        match check_stock::check_tonight(&ctx).await {
            Ok(true) => note("search words", search_text::renew_missing(&ctx).await.err()),
            Ok(false) => {}
            Err(fault) => note("the check of the stock", Some(fault)),
        }
        note("low stock", low_stock::tell_this_morning(&ctx).await.err());
        note("the list of what came", close::start_pulling(&ctx).await.err());
        note("the close of the day", close::close_due(&ctx).await.err());
        note("delivery partners", refresh::refresh_due(&ctx).await.err());
        note("parcels", parcels::follow_due(&ctx).await.err());
        note("sitemaps", sitemap::renew_due(&ctx).await.err());
        if let Some(operator) = &self.operator {
            note("erasing", erase_later::erase_due(&ctx, operator).await.err());
        }
        note("what is kept for a while", housekeeping::forget_tonight(&ctx).await.err());
    }

    /// `duka job run forget_old`: what is kept no longer goes now, of one tenant or of all. Answers how many rows.
    pub async fn forget_old(&self, only: Option<TenantId>) -> Result<u64, AppError> {
        let mut rows = 0;
        for tenant in self.tenants(only).await? {
            rows += housekeeping::forget_old(&Ctx::new(self.platform.clone(), tenant, Actor::Program)).await?;
        }
        Ok(rows)
    }

    /// `duka job run close_day`: what is due and yesterday anew, of one tenant or of all.
    pub async fn close_days(&self, only: Option<TenantId>) -> Result<Vec<close::ClosedDay>, AppError> {
        let mut closed = Vec::new();
        for tenant in self.tenants(only).await? {
            closed.extend(close::close_now(&Ctx::new(self.platform.clone(), tenant, Actor::Program)).await?);
        }
        Ok(closed)
    }

    /// `duka callbacks replay`: reads every stored call again that has not been read to the end. Answers how many were,
    /// and how many stay open.
    pub async fn replay_callbacks(&self) -> Result<(usize, usize), AppError> {
        let (mut settled, mut open) = (0, 0);
        for tenant in self.platform.db.list_tenants().await? {
            let ctx = Ctx::new(self.platform.clone(), tenant, Actor::Program);
            let mut after = None;
            loop {
                let some = receive_callback::list_open(&ctx, after).await?;
                let Some(last) = some.last().copied() else { break };
                after = Some(last);
                for callback in some {
                    match read_callback::settle_callback(&self.platform, tenant, callback).await {
                        Ok(()) => settled += 1,
                        Err(_) => open += 1,
                    }
                }
            }
        }
        Ok((settled, open))
    }

    /// `duka job run check_stock`: now, of one tenant or of all. Answers how many differences stand.
    pub async fn check_stock(&self, only: Option<TenantId>) -> Result<usize, AppError> {
        let mut faults = 0;
        for tenant in self.tenants(only).await? {
            faults += check_stock::check(&Ctx::new(self.platform.clone(), tenant, Actor::Program)).await?;
        }
        Ok(faults)
    }

    /// `duka job run renew_search`: words for products that have none or old ones. Answers how many.
    pub async fn renew_search(&self, only: Option<TenantId>) -> Result<usize, AppError> {
        let mut products = 0;
        for tenant in self.tenants(only).await? {
            products += search_text::renew_missing(&Ctx::new(self.platform.clone(), tenant, Actor::Program)).await?;
        }
        Ok(products)
    }

    /// `duka job run renew_sitemaps`: the map of every shop whose catalogue has moved. Answers how many shops.
    pub async fn renew_sitemaps(&self, only: Option<TenantId>) -> Result<usize, AppError> {
        let mut shops = 0;
        for tenant in self.tenants(only).await? {
            shops += sitemap::renew_due(&Ctx::new(self.platform.clone(), tenant, Actor::Program)).await?;
        }
        Ok(shops)
    }

    async fn tenants(&self, only: Option<TenantId>) -> Result<Vec<TenantId>, AppError> {
        match only {
            Some(tenant) => Ok(vec![tenant]),
            None => Ok(self.platform.db.list_tenants().await?),
        }
    }
}

async fn renew_category(platform: &Arc<Platform>, tenant: TenantId, category: CategoryId) -> JobResult {
    search_text::renew_all_of(&Ctx::new(platform.clone(), tenant, Actor::Program), category).await
}
