//! Counts what happens to an order and its money, after it is committed.

use crate::{
    analytics::{
        event::{Around, Step},
        record::Event,
    },
    ctx::Ctx,
};

pub(super) fn record(ctx: &Ctx, step: Step, around: Around) {
    ctx.platform.recorder.record(1, || [Event { tenant: ctx.tenant, step, around, at: ctx.now() }]);
}
