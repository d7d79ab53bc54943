"""``flask accounts …``: the first officer, and a code for whoever is locked out."""
import click

from lms.accounts.actions import give_code
from lms.accounts.passwords import printed
from lms.accounts.queries import account_named
from lms.accounts.role_actions import make_first_officer
from lms.kernel.commands import Commands
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, moment
from lms.kernel.transaction import transaction

accounts = Commands("accounts", help="Accounts and their first officer.")


@accounts.command("create-admin")
@click.option("--username", required=True, help="What the officer types to sign in.")
@click.option("--name", required=True, help="The full name, as it is written.")
@click.password_option(help="Left out, it is asked for, unseen.")
def create_admin(username, name, password):
    """Make a training officer with an account."""
    try:
        with transaction():
            account = make_first_officer(name, username, password)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from None
    click.echo(_("%(name)s can sign in as %(username)s.", name=name,
                 username=account.username))


@accounts.command("reset")
@click.argument("username")
def reset(username):
    """Give the account USERNAME a one-time code; its password and sessions end."""
    try:
        with transaction():
            account = account_named(username)
            if account is None:
                raise click.ClickException(_("There is no account with the user name %(username)s.",
                                             username=username))
            slip = give_code(account.person, by=None)
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from None
    click.echo(_("%(code)s  good until %(moment)s", code=printed(slip.code),
                 moment=moment(slip.until)))
