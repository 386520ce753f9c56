# Settings and administration.

settings-profile = Profile
settings-digest = Digest
settings-security = Sign-in and tokens
settings-zone-hint = Your days, weeks and digests follow this zone.
settings-language = Language
settings-language-browser = As the browser
settings-theme = Look
theme-system = As the system
theme-light = Light
theme-dark = Dark

digest-title = Your digest
digest-lede = One mail a period at most, and none when there is nothing to say.
digest-how-often = How often
cadence-daily = Daily
cadence-weekly = Weekly
cadence-monthly = Monthly
cadence-off = Off
digest-weekday = Day of the week
digest-day = Day of the month
digest-day-hint = Past the month’s end means its last day.
digest-time = Time
digest-preview = Preview
digest-as-html = As HTML
digest-as-text = As plain text
digest-sendings = Sendings
digest-next = Next three
digest-clocks = A time that does not exist on the day when clocks go forward is sent right after the gap; one that comes twice is sent once.
digest-sent = So far
digest-none-sent = Nothing was due yet.
digest-unsubscribed = You have unsubscribed.
digest-unsubscribed-mend = Save this form to get digests again.
digest-no-mail = You have no mail address, so nothing is sent; read the preview here.
digest-no-mail-mend = Add one

outbox-queued = due
outbox-sent = sent
outbox-skipped = skipped
outbox-dead = given up
outbox-ambiguous = perhaps twice
skip-too-late = It was too late to be useful.
skip-silent = There was nothing to say.
skip-paused = Every path rests.
skip-no-right = Who wrote it does not guide the recipient any more.
skip-no-address = No mail address.
skip-no-mail = No mail address.
skip-unsubscribed = Unsubscribed.
skip-disabled = The account is disabled.
skip-off = Switched off.

admin-health = Health
admin-health-lede = What is wrong in the set-up, and how to mend it. “waymark doctor” says the same.
admin-config = Configuration
admin-config-lede = Read-only here: it comes from a file or the environment. Secrets are not shown.
admin-config-key = Key
admin-config-value = Value
admin-config-source = From
admin-people = People
admin-plugins = Plugins
admin-mail = Mail
admin-audit = Audit
severity-good = good
severity-note = to know
severity-warning = look at it
severity-bad = broken

people-name = Name
people-joined = since { $day }
people-act = Act
people-admin = admin
people-disabled = disabled
people-disable = Disable
people-enable = Enable
people-more = More people
people-invite = Invite somebody
people-invite-mail = Filled in for them; nothing is sent. Give them the link yourself.
people-invite-admin = As an admin of this instance
people-invite-do = Make a link
people-invited = Here is the link.
people-invited-once = It works once, for 14 days. Copy it now: it is not kept and cannot be shown again.
people-open = Open invitations
people-anyone = Whoever has the link
people-until = until { $when }
people-withdraw = Withdraw

plugins-lede = Roles and scoring rules from packs. Rules run in a sandbox without clock, randomness, files or network.
plugins-none = No plugin is installed
plugins-none-lede = A pack adds roles or a scoring rule. It is checked before it becomes active.
plugin-active = active
plugin-installed = installed
plugin-disabled = disabled
plugin-enable = Enable
plugin-disable = Disable
plugin-activate = Make it active
plugin-kind-scoring = scoring rule
plugin-kind-roles = roles
plugin-kind-both = roles and a scoring rule
plugin-size = { $kib } KiB
plugin-calls =
    { $calls ->
        [0] Not called yet.
        [one] One call, { $failures } failed. Worst of it:
       *[other] { $calls } calls, { $failures } failed. Worst of them:
    }
plugin-limits = Limits used
plugin-fuel = Fuel
plugin-memory = Memory
plugin-time = Time
plugin-output = Output
plugin-log = Log lines
plugin-of-millions = { $used } of { $limit } M
plugin-of-kib = { $used } of { $limit } KiB
plugin-of-ms = { $used } of { $limit } ms
plugin-of-lines = { $used } of { $limit }
plugin-last-error = Last error
plugin-no-error = None.

mail-by-smtp = Mails go out by { $target }, from { $from }.
mail-by-folder = Mails are written to { $target }; nobody gets any. Set mail.transport to "smtp" when they should go out.
mail-kind-learner = Digest
mail-to = To
mail-what = What
mail-due = Due
mail-attempts = Tries
mail-then = What became of it
mail-older = Older
mail-none = No mail yet
mail-none-lede = Digests stand here from the moment they are due: sent, skipped and why, or given up.

audit-lede = Who changed rights, plugins, standing or accounts. Rows are written in the same transaction as the act.
audit-when = When
audit-who = Who
audit-act = What
audit-subject = To what
