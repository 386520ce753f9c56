# Letters that are not digests.

mail-test-subject = A test from { $instance }
mail-test-headline = This mail arrived
mail-test-body = { $instance } can send mail to this address. Nobody else received this letter, and no answer is needed.
mail-test-sent-at = Sent on { $moment }, from { $url }

mail-invitation-subject = { $instance }: your invitation
mail-invitation-headline = Welcome to { $instance }
mail-invitation-headline-named = { $name }, welcome to { $instance }
mail-invitation-body = Someone who looks after { $instance } has invited you to keep a learning path there. Open the link to choose a username and a password.
mail-invitation-cohort = You will join the cohort { $cohort }.
mail-invitation-accept = Accept the invitation
mail-invitation-until = The link works once, until { $moment }. If you did not expect it, leave it.

mail-list-two = { $first } and { $last }
mail-list-comma = { $first }, { $last }
mail-list-more =
    { $count ->
       *[other] { $names } and { $count } more
    }
