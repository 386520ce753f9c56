# Words of the shell, of signing in, and of what every page shares. Pages have files of their own.

# What a language calls itself.
language-name = English

shell-brand = Waymark
shell-skip = Skip to the content
shell-nav = Main
shell-version = Waymark { $version }, on your own server
shell-api = API

nav-home = Today
nav-security = Sign-in and tokens
nav-logout = Sign out

login-title = Sign in
login-do = Sign in
login-left =
    { $count ->
        [0] No tries are left for now.
        [one] One try is left for the next 15 minutes.
       *[other] { $count } tries are left for the next 15 minutes.
    }
login-hint = Accounts are made by invitation. No account? Ask whoever runs this server, or your cohort’s lead.

setup-title = Make the first admin
setup-lede = This account may do everything: invite people, install plugins, look after the server.
join-title = Join
join-lede = You are invited to { $instance }. Choose how you sign in.
join-cohort = You are invited to the cohort { $cohort } on { $instance }. Choose how you sign in.
join-do = Make the account

field-name = Your name
field-username = Username
field-mail = Mail address
field-zone = Time zone
field-password = Password
field-old-password = Password now
field-new-password = New password
field-again = The same password again
field-token-name = What the token is for
field-scope = It may
field-days = It ends after

hint-username = 2 to 32 lower-case letters, digits, dots, hyphens and underscores.
hint-mail = Optional: without one you read your digests here.
hint-password = At least 10 characters. A few words are easier to keep than a few signs.
hint-token-name = For instance: laptop, backup script.

security-title = Sign-in and tokens
password-title = Password
password-do = Change the password
password-ends-sessions = Your other sessions end.
password-changed = The password is changed, and your other sessions have ended.
sessions-title = Where you are signed in
session-this = this one
session-seen = { $address }, last seen { $when }
session-end = End
session-end-named = End the session on { $device }
session-ended = The session has ended.
session-device-unknown = Unknown device
tokens-title = Tokens for programs
tokens-lede = A token lets a program use the API in your name. It is shown once.
token-made = Here is your token.
token-once = Copy it now: it is not kept and cannot be shown again.
token-do = Make a token
token-revoke = Revoke
token-revoke-named = Revoke the token { $name }
token-revoked = revoked
token-expired = expired
token-gone = The token is revoked.
token-when-used = Made { $made }, last used { $used }
token-when-unused = Made { $made }, never used
scope-read = read
scope-write = read and write
scope-admin = everything you may
days-count =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }

home-title = Today
home-no-path = You follow no path yet.

unsubscribe-title = Stop these mails
unsubscribe-lede = { $name } will get no more digests by mail. They can still be read here, and switched on again under Settings.
unsubscribe-do = Stop the digests
unsubscribe-done-title = The digests are stopped
unsubscribe-done = No more digests are sent to { $name }.

error-page-ours = Nothing was saved. You can go back and send it again.
error-page-home = Today
error-page-report = If it happens again, send this number to the people who run this server. It leads them to the cause.
error-page-request = Request
error-page-when = When

plugin-install-title = Install a plugin
plugin-install-lede = The pack is looked through, compiled and put to the scoring laws before it may score anybody; that can take a minute. What is refused says why.
plugin-install-file = Pack (.waypack)
plugin-install-do = Install
