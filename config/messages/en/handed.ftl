# Work that is handed in: its files, and links that name a commit.

files-title = Files
files-there = Handed in with this work
files-none = No file yet.
files-more = Hand in files
files-do = Add the files
files-field = Files
files-hint = PDF, PNG, JPEG or plain text, up to 10 MB each, five a submission.
files-added = The files are there.
files-removed = The file is gone.
files-wrong = { $name }: { $why }.
files-room = { $used } of your { $quota } for files are taken.
files-full = There are { $most } files, and a submission has no more.
files-closed = What was judged or taken back gets no more files. Hand the work in again with what is new.
files-who-sees = Seen by whoever reviews this work: mentors of your cohort, and whom you give a link. They are downloaded, never shown in a page.
file-facts = { $kind }, { $size }
file-kind-pdf = PDF
file-kind-png = PNG
file-kind-jpeg = JPEG
file-kind-text = text
file-size-kb = { $size } KB
file-size-mb = { $size } MB

link-commit = Commit
link-commit-hint = The whole hash (git rev-parse HEAD), and the link shows just that. Known: GitHub, GitLab, Codeberg and Forgejo, Bitbucket, sourcehut.
link-pinned = pinned to { $commit }
link-moving = may change after the review

error-attachment-empty = this file is empty
error-attachment-kind-unknown = this is neither PDF, PNG, JPEG nor plain text in UTF-8
error-attachment-name-differs = its ending says something else than its content is
error-attachment-too-large = a file has at most 10 MB
error-attachments-closed = This work was judged, blanked or taken back; hand it in again with what is new
error-attachments-quota = There is no room left for that among your files; remove some that are not needed
error-attachments-too-many = A submission has at most five files
error-commit-malformed = This is not the whole hash of a commit: 40 hexadecimal digits, or 64
error-link-cannot-pin = We do not know how an address of this kind names a commit; leave the commit out
error-link-names-another-commit = The link names another commit

own-data-section-attachments = Files of your work: they come in archives of their own. Bring those after this.
own-data-files = Files of your work, part { $part }
own-data-files-in =
    { $count ->
        [one] One file, { $size }. Bring it after the document that has the work.
       *[other] { $count } files, { $size }. Bring them after the document that has the work.
    }
own-data-as-archive = Archive
import-finding-file-new =
    { $count ->
        [one] One file
       *[other] { $count } files
    }
import-finding-file-known =
    { $count ->
        [one] One file that is here already
       *[other] { $count } files that are here already
    }
error-file-damaged = It is not what its archive says

verdict-level = { $verdict } ({ $level })
requirement-levels = Levels by which mentors judge it
mentoring-draft-save = Save the draft
mentoring-draft-saved = Draft saved { $moment }, for you alone.
own-data-section-review_drafts = Reviews that you began there.
error-level-contradicts = This level means something else than the verdict
error-level-missing = The role has levels for this; choose one
error-level-not-asked = There are no levels for this
error-level-not-there = There is no such level

co-authors-field = Made together with
co-authors-hint = Usernames of who learns in your cohort, with commas between them. Each says yes or no for themselves.
co-author-asked = { $name } (asked)
co-author-declined = { $name } (says no)
entry-with = with { $names }
together-title = Made together
together-lede = Others handed in work and say that you made it too. With a yes it becomes an entry of your own.
together-none = Nobody is waiting for your word.
together-says = { $name } says you made this too
together-when = asked { $moment }, about { $day }
together-confirm = Yes, I made it too
together-decline = No
together-hint = A yes records title, address and criteria in your ledger, where the cohort sees them as it does any work of yours. Mentors judge the work once, and you get a verdict of your own.
together-confirmed = It is in your ledger now.
together-declined = Your no is noted.
today-named =
    { $count ->
        [one] Somebody says that you made their work too
       *[other] { $count } pieces of work name you as having made them too
    }
today-named-detail = Say yes or no
review-otherwise = Say something else of a member
review-as-the-work = as for the work
own-data-section-co_authors = Who made which work with you: what you confirmed is in the ledger.
error-co-author-answered = You have said so already
error-co-author-gone = This work was taken back, or you are in no cohort together any more
error-co-author-is-self = You need not name yourself
error-co-author-unknown = Nobody of that username learns in a cohort with you
error-co-authors-too-many = Name at most five
