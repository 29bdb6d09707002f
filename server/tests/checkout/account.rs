//! The merchant's M-Pesa account in a story.

use duka::{
    payments::providers::mpesa::{AccountKind, Credentials},
    vault::Place,
};

use crate::story::Story;

impl Story {
    pub fn credentials(&self, secret: &str) -> Credentials {
        Credentials {
            environment: "sandbox".into(),
            kind: self.kind,
            short_code: "509731".into(),
            till_number: (self.kind == AccountKind::Till).then(|| "5556667".to_owned()),
            consumer_key: format!("key-{}", self.shop.tenant),
            consumer_secret: secret.into(),
            passkey: "passkey".into(),
            initiator: None,
        }
    }

    /// Gives the merchant's account an API operator.
    pub async fn use_operator(&self, name: &str, password: &str) {
        let mut tx = self.ctx().tx().await.unwrap();
        let key = self.ctx().key(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let row = uuid::Uuid::from_u128(1);
        let place = Place { table: "mpesa_accounts", column: "initiator_password_sealed", row };
        sqlx::query(
            "update mpesa_accounts set initiator_name = $3, initiator_password_sealed = $4, initiator_set_at = now()
             where tenant_id = $1 and id = $2",
        )
        .bind(self.shop.tenant.uuid())
        .bind(row)
        .bind(name)
        .bind(key.seal(place, password))
        .execute(&self.everything)
        .await
        .unwrap();
    }

    /// Gives the merchant an M-Pesa account with this consumer secret.
    pub async fn use_secret(&self, secret: &str) {
        let credentials = self.credentials(secret);
        let mut tx = self.ctx().tx().await.unwrap();
        let key = self.ctx().key(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let row = uuid::Uuid::from_u128(1);
        let seal = |column, text: &str| key.seal(Place { table: "mpesa_accounts", column, row }, text);
        sqlx::query(
            "insert into mpesa_accounts (tenant_id, id, environment, kind, short_code, consumer_key_sealed, consumer_secret_sealed, passkey_sealed, till_number)
             values ($1, $2, 'sandbox', case when $7::text is null then 'paybill' else 'till' end, $3, $4, $5, $6, $7)
             on conflict (tenant_id, id) do update set consumer_secret_sealed = excluded.consumer_secret_sealed",
        )
        .bind(self.shop.tenant.uuid())
        .bind(row)
        .bind(&credentials.short_code)
        .bind(seal("consumer_key_sealed", &credentials.consumer_key))
        .bind(seal("consumer_secret_sealed", &credentials.consumer_secret))
        .bind(seal("passkey_sealed", &credentials.passkey))
        .bind(&credentials.till_number)
        .execute(&self.everything)
        .await
        .unwrap();
    }

    /// Another account of the merchant's, with an operator of its own, takes the place of the first.
    pub async fn change_account(&self) {
        let mut tx = self.ctx().tx().await.unwrap();
        let key = self.ctx().key(&mut tx).await.unwrap();
        drop(tx);
        let row = uuid::Uuid::from_u128(2);
        let seal = |column, text: &str| key.seal(Place { table: "mpesa_accounts", column, row }, text);
        self.write("update mpesa_accounts set is_active = false, proved_at = now(), updated_at = now()").await;
        sqlx::query(
            "insert into mpesa_accounts (tenant_id, id, environment, kind, short_code, consumer_key_sealed, consumer_secret_sealed,
                                         passkey_sealed, initiator_name, initiator_password_sealed, proved_at)
             values ($1, $2, 'sandbox', 'paybill', '600111', $3, $4, $5, 'newapi', $6, now())",
        )
        .bind(self.shop.tenant.uuid())
        .bind(row)
        .bind(seal("consumer_key_sealed", "another key"))
        .bind(seal("consumer_secret_sealed", "another secret"))
        .bind(seal("passkey_sealed", "another passkey"))
        .bind(seal("initiator_password_sealed", "Other#2026"))
        .execute(&self.everything)
        .await
        .unwrap();
    }
}
