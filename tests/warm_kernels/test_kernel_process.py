"""Nothing passes from one notebook to the next, and a warm kernel is like a plain one.

A first warm kernel spoils all it can. A second must then be what a plain kernel is.
"""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

# What may pass over: how it is spoiled, and how one sees it.
STATES = {
    "globals": ("sales = 14", "'sales' in globals()"),
    "builtins": ("__import__('builtins').sales = 14", "'sales' in dir(builtins)"),
    "folder": ("os.chdir('/')", "os.getcwd()"),
    "environment": (
        "os.environ['SALES'] = '14'",
        (
            "{k: v for k, v in os.environ.items() if k not in ('JUPYTER_PATH', "
            "'WARM_KERNELS_DRAWER', 'WARM_KERNELS', 'PYTEST_CURRENT_TEST')}"
        ),
    ),
    "time zone": ("os.environ['TZ'] = 'Asia/Baku'; time.tzset()", "time.tzname"),
    "path": ("sys.path.insert(0, '/sales')", "sys.path"),
    "arguments": (
        "sys.argv.append('sales')",
        "[a for a in sys.argv if '/tmp' not in a]",
    ),
    "mask of new files": ("os.umask(0o077)", "os.umask(0o022)"),
    "open files": (
        "held = open('/etc/passwd')",
        "[1 for f in os.scandir('/proc/self/fd') if 'passwd' in os.path.realpath(f)]",
    ),
    "Altair's theme": ("alt.theme.enable('dark')", "alt.theme.active"),
    "Altair's renderer": ("alt.renderers.enable('svg')", "alt.renderers.active"),
    "Altair's most rows": (
        "alt.data_transformers.disable_max_rows()",
        "alt.data_transformers.options",
    ),
    "options of pandas": (
        "pd.set_option('display.max_columns', 3)",
        (
            "[repr(pd.get_option(f'display.{o}')) for o in 'max_columns max_rows width "
            "max_colwidth encoding precision large_repr'.split()]"
        ),
    ),
    "how numpy prints": ("np.set_printoptions(3)", "repr(np.get_printoptions())"),
    "numpy's errors": ("np.seterr(all='raise')", "np.geterr()"),
    "decimals": ("decimal.getcontext().prec = 3", "decimal.getcontext().prec"),
    "filters of warnings": (
        "warnings.simplefilter('error')",
        "sorted(map(repr, warnings.filters))",
    ),
    "the loop": (
        (
            "policy = type('Ours', (asyncio.DefaultEventLoopPolicy,), {})\n"
            "asyncio.set_event_loop_policy(policy())"
        ),
        "type(asyncio.get_event_loop_policy()).__name__",
    ),
    "handlers of signals": (
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "[str(signal.getsignal(s)).split(' at ')[0] for s in signal.Signals]",
    ),
    "blocked signals": (
        "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])",
        "list(signal.pthread_sigmask(signal.SIG_BLOCK, []))",
    ),
    "targets of widgets": (
        "get_ipython().kernel.comm_manager.register_target('sales', print)",
        "sorted(get_ipython().kernel.comm_manager.targets)",
    ),
    "widgets": ("kept = ipywidgets.IntSlider()", "len(ipywidgets.Widget.widgets)"),
    "logging": (
        "logging.getLogger().addHandler(logging.NullHandler())",
        "[logging.root.level, len(logging.root.handlers)]",
    ),
    "recursion": ("sys.setrecursionlimit(2500)", "sys.getrecursionlimit()"),
    "locale": (
        "locale.setlocale(locale.LC_ALL, 'C')",
        "locale.setlocale(locale.LC_ALL)",
    ),
    "streams": (
        "sys.__stdout__ = None",
        "[str(s.errors) + s.encoding for s in (sys.__stdout__, sys.__stderr__)]",
    ),
    "session": ("os.nice(5)", "[os.getsid(0) == os.getpid(), os.getpriority(0, 0)]"),
}
IMPORTS = (
    "import asyncio, builtins, decimal, locale, logging, os, signal, sys, time\n"
    "import warnings, altair as alt, ipywidgets, numpy as np, pandas as pd"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return str(tmp_path_factory.mktemp("folder"))


@pytest.fixture(scope="module")
def spoiled(warm, folder):
    """What a second kernel is, after a first that has spoiled all of it for itself."""
    with warm(cwd=folder) as first, warm(cwd=folder) as second:
        first.run(IMPORTS)
        for name, (spoil, _) in STATES.items():
            assert not first.run(spoil).endswith("Error"), name
        with warm(cwd=folder) as third:
            return {"forked before": _states(second), "forked after": _states(third)}


@pytest.fixture(scope="module")
def plain_states(plain, folder):
    with plain(cwd=folder) as kernel:
        return _states(kernel)


def _states(kernel):
    kernel.run(IMPORTS)
    return {name: kernel.tell(seen) for name, (_, seen) in STATES.items()}


@pytest.mark.parametrize("when", ["forked before", "forked after"])
@pytest.mark.parametrize("name", STATES)
def test_it_starts_as_a_plain_kernel_does(spoiled, plain_states, name, when):
    assert spoiled[when][name] == plain_states[name]


@pytest.mark.parametrize(
    "number",
    ["random.random()", "numpy.random.random()", "numpy.random.default_rng().random()"],
    ids=["Python's", "numpy's old", "numpy's new"],
)
def test_random_numbers_are_each_kernels_own(warm, number):
    with warm() as one, warm() as other:
        for kernel in (one, other):
            kernel.run("import numpy, random")
        assert one.tell(number) != other.tell(number)


def test_our_package_is_imported_anew(warm):
    with warm() as kernel:
        loaded = kernel.tell("[*__import__('sys').modules]")
        assert "pandas" in loaded
        assert not [name for name in loaded if name.startswith("sourcebook")]


def test_patterns_of_our_readers_are_compiled_before_it_asks(warm):
    with warm() as kernel:
        kernel.run(
            "import re._compiler; made = []; really = re._compiler.compile\n"
            "def count(*given): made.append(given); return really(*given)\n"
            "re._compiler.compile = count\n"
            "from sourcebook.reading.dates import read_dates\n"
            "from sourcebook.reading.numbers import read_numbers\n"
            "read_dates('in 2022'), read_numbers('$3–4bn, or 5%')"
        )
        # Of more than two hundred: `re` keeps the last 512, and the readers have more.
        assert kernel.tell("len(made)") < 60


def test_what_a_notebook_needs_is_there_before_it_asks(warm):
    with warm() as kernel:
        kernel.run("import sys; before = set(sys.modules)")
        kernel.run("import altair, ipywidgets, numpy, pandas, yaml, edtf, pydantic")
        assert kernel.tell("sorted(set(sys.modules) - before)") == []


@pytest.mark.slow
def test_a_notebook_comes_out_the_same_byte_for_byte(root, warm, monkeypatch):
    del warm  # is on by now
    path = root / "notebooks" / "sources" / "bbc-2025.ipynb"
    one = _run(path)
    monkeypatch.setenv("WARM_KERNELS", "plain")
    other = _run(path)
    assert '"data"' in one
    assert one == other


def _run(path: Path) -> str:
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(path.parent)}}
    NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        record_timing=False,
        resources=place,
    ).execute(cleanup_kc=True)
    return json.dumps(notebook, sort_keys=True)
