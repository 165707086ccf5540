"""The table of triggers: every blueprint, and every route as `chalicelib/web/index.json` names it; nothing else."""

from chalice.app import Chalice

from chalicelib.appointments.jobs import jobs as appointment_jobs
from chalicelib.attachments.jobs import jobs as attachment_jobs
from chalicelib.notifications.jobs import jobs as notification_jobs
from chalicelib.operations.jobs import jobs as operation_jobs
from chalicelib.records.jobs import jobs as record_jobs
from chalicelib.tickets.jobs import jobs as ticket_jobs
from chalicelib.web.edge import Edge

app = Chalice(app_name="dutydesk", configure_logs=False)

BLUEPRINTS = [ticket_jobs, attachment_jobs, appointment_jobs, notification_jobs, record_jobs, operation_jobs]
for blueprint in BLUEPRINTS:
    app.register_blueprint(blueprint)

edge = Edge()
edge.mount(app)
