//! Mail as configured: whose it is and how it leaves.

use std::time::Duration;

use domain::account::{CleanName, MailAddress};
use mail::{Dkim, Folder, Mailer, Sender, Smtp, SmtpOptions, Transport};

use crate::config::{Config, MailTransport, Tls};
use crate::wire::Failure;

/// The mailer that the configuration describes; `host` is what it calls itself.
pub fn mailer(config: &Config, host: &str) -> Result<Mailer, Failure> {
    let mail = &config.mail;
    let name =
        CleanName::parse(&mail.from_name).map_err(|_| Failure::setup(format!("mail.from_name “{}” is not a name.", mail.from_name)))?;
    let address = MailAddress::parse(&mail.from_address)
        .map_err(|_| Failure::setup(format!("mail.from_address “{}” is not a mail address.", mail.from_address)))?;
    let dkim = if mail.dkim_key.is_empty() {
        None
    } else {
        let dkim = Dkim { domain: mail.dkim_domain.clone(), selector: mail.dkim_selector.clone(), key: mail.dkim_key.clone() };
        mail::check_dkim(&dkim).map_err(|error| Failure::setup(format!("mail.dkim_key: {error}.")))?;
        Some(dkim)
    };
    let transport = match mail.transport {
        MailTransport::Folder => Transport::Folder(Folder::new(config.mail_folder())),
        MailTransport::Smtp => Transport::Smtp(Smtp::new(SmtpOptions {
            host: mail.host.clone(),
            port: mail.port,
            tls: match mail.tls {
                Tls::None => mail::Tls::None,
                Tls::Starttls => mail::Tls::StartTls,
                Tls::Tls => mail::Tls::Implicit,
            },
            user: Some(mail.user.clone()).filter(|user| !user.is_empty()),
            password: Some(mail.password.clone()).filter(|password| !password.is_empty()),
            timeout: timeout(config),
            hello: host.to_owned(),
            root_certificate: None,
        })),
    };
    Ok(Mailer::new(Sender { name, address, dkim }, transport))
}

/// The longest that one sending may take.
pub fn timeout(config: &Config) -> Duration {
    Duration::from_secs(u64::from(config.mail.timeout_seconds))
}

/// Where mail goes, for the admin's page.
pub fn status(config: &Config) -> web::MailStatus {
    let mail = &config.mail;
    let (transport, target) = match mail.transport {
        MailTransport::Folder => ("folder", config.mail_folder().display().to_string()),
        MailTransport::Smtp => ("smtp", format!("{}:{}", mail.host, mail.port)),
    };
    web::MailStatus {
        transport: transport.to_owned(),
        target,
        from: format!("{} <{}>", mail.from_name, mail.from_address),
        signed: !mail.dkim_key.is_empty(),
    }
}
