"""What must be watched: every function, every dead-letter queue, the sweep's lag and its silence; and somebody must hear.

Each check gives faults, sentences for whoever broke it, as those in infra/checks.py.
"""

from collections.abc import Callable

from .package.template import Faults, Template, functions, of_type, target

ALARM = "AWS::CloudWatch::Alarm"
DEAD = "DeadQueue"
SWEEP, HANDLER = "Sweep", "chalicelib.operations.jobs.sweep"
SILENCE = 300  # seconds without a sweep until somebody hears of it
# The institution names a topic when it deploys; without one, alarms are only seen.
HEARD: Template = {"Fn::If": ["HasAlarmTopic", [{"Ref": "AlarmTopic"}], {"Ref": "AWS::NoValue"}]}


def watched(template: Template, **wanted: object) -> set[str]:
    """Give the resources that alarms with these properties are about; for a metric of ours, its name."""
    found = set()
    for _, alarm in of_type(template, ALARM):
        if all(alarm.get(name) == value for name, value in wanted.items()):
            found |= {target(dimension["Value"]) or alarm["MetricName"] for dimension in alarm["Dimensions"]}
    return found


def alarms_are_heard(template: Template) -> Faults:
    """An alarm that goes nowhere is a figure; whoever hears of trouble also hears that it is over."""
    for name, alarm in of_type(template, ALARM):
        for moment in ("AlarmActions", "OKActions"):
            if alarm.get(moment) != HEARD:
                yield f"{name}: its {moment} do not go to the alarm topic"


def dead_letters_are_watched(template: Template) -> Faults:
    """One dead letter is enough for an alarm."""
    seen = watched(
        template,
        Namespace="AWS/SQS",
        MetricName="ApproximateNumberOfMessagesVisible",
        ComparisonOperator="GreaterThanThreshold",
        Threshold=0,
    )
    for name, _ in of_type(template, "AWS::SQS::Queue"):
        if name.endswith(DEAD) and name not in seen:
            yield f"{name}: no alarm watches how many dead letters lie there"


def functions_are_watched(template: Template) -> Faults:
    """Every function has an alarm on its errors."""
    alarms = [alarm for _, alarm in of_type(template, "AWS::CloudWatch::Alarm") if alarm["MetricName"] == "Errors"]
    watched = {target(dimension["Value"]) for alarm in alarms for dimension in alarm["Dimensions"]}
    for name, _ in functions(template):
        if name not in watched:
            yield f"{name}: no alarm watches its errors"


def the_sweep_is_watched(template: Template) -> Faults:
    """The dead man's switch: silence is the alarm, within five minutes; and so is a sweep that finds things overdue."""
    silent = [
        alarm
        for _, alarm in of_type(template, ALARM)
        if alarm["MetricName"] == "Invocations"
        and {target(dimension["Value"]) for dimension in alarm["Dimensions"]} == {SWEEP}
        and (alarm["ComparisonOperator"], alarm["Threshold"]) == ("LessThanThreshold", 1)
        and alarm["TreatMissingData"] == "breaching"
        and alarm["Period"] * alarm["EvaluationPeriods"] <= SILENCE
    ]
    if not silent or dict(functions(template)).get(SWEEP, {}).get("Handler") != HANDLER:
        yield f"{SWEEP}: no alarm rings when it has not run for {SILENCE} s"
    if "SweepLag" not in watched(template, Namespace="Dutydesk", MetricName="SweepLag"):
        yield f"{SWEEP}: no alarm watches its lag"


WATCHES: tuple[Callable[[Template], Faults], ...] = (
    alarms_are_heard,
    dead_letters_are_watched,
    functions_are_watched,
    the_sweep_is_watched,
)
